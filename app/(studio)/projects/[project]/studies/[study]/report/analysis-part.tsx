'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Card } from '#components/card.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { queries } from '#lib/client/queries.ts';
import { AgreementSection } from './agreement-section.tsx';
import type { PartProps } from './axis-part.tsx';
import { ExclusionsSection } from './exclusions-section.tsx';
import { MetricSection } from './metric-section.tsx';
import { NoiseSection } from './noise-section.tsx';
import { PromptsSection } from './prompts-section.tsx';
import { SensitivitySection } from './sensitivity-section.tsx';

/** What lies behind the numbers: prompts, metrics, single raters, agreement, votes left out. */
export function AnalysisPart({ part: props }: { part: PartProps }) {
  const { address, snapshot, question, version } = props;
  const options = queries.reports.analysis.queryOptions({
    input: { ...address, ...(snapshot !== undefined && { snapshot }) },
    placeholderData: keepPreviousData,
  });
  const analysis = useQuery({ ...options, queryKey: [...options.queryKey, version] });
  if (analysis.isPending) return <Skeleton className="h-64 w-full" />;
  if (!analysis.data)
    return (
      <ErrorNotice
        title="What lies behind the numbers can't be shown"
        error={analysis.error}
        onRetry={() => void analysis.refetch()}
      />
    );
  const { data } = analysis;
  const part = data.parts.find((one) => one.question === question) ?? data.parts.at(-1);
  return (
    <>
      {part ? (
        <>
          <PromptsSection report={data} part={part} props={props} />
          <MetricSection report={data} part={part} props={props} />
          <SensitivitySection part={part} props={props} />
          <AgreementSection agreement={part.agreement} />
        </>
      ) : (
        !data.isComplete && (
          <Card title="Behind the numbers">
            <p className="text-sm text-ink-faint">
              Prompts, sensitivity and agreement of this report were not kept. They are computed
              with the next ranking.
            </p>
          </Card>
        )
      )}
      <ExclusionsSection address={address} exclusions={data.exclusions} />
      {part?.noiseFloor && <NoiseSection noise={part.noiseFloor} />}
    </>
  );
}
