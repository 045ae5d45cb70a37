'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ErrorNotice } from '#components/notices.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { queries } from '#lib/client/queries.ts';
import type { AxisReport } from '#lib/reports/axis-report/schema.ts';
import type { QuestionChoice, RankingMethod } from '#lib/reports/schema.ts';
import type { StudyAddress } from '../../study-address.ts';
import { AxisArms } from './axis-arms.tsx';
import { ContrastTable } from './contrast-table.tsx';
import { Figure } from './figure.tsx';
import { Headline } from './headline.tsx';
import { MethodWarnings } from './method-warnings.tsx';
import { ReportSection } from './report-section.tsx';
import { StepsTable } from './steps-table.tsx';

export interface PartProps {
  address: StudyAddress;
  /** Of a frozen report. */
  snapshot?: number | undefined;
  question: QuestionChoice;
  method: RankingMethod;
  /** Changes when the numbers do. */
  version: string;
}

/** What the study says along its axis; asked for anew whenever there is a newer ranking. */
function useAxisReport({ address, snapshot, method, version }: PartProps) {
  const options = queries.reports.axis.queryOptions({
    input: { ...address, method, ...(snapshot !== undefined && { snapshot }) },
    placeholderData: keepPreviousData,
  });
  return useQuery({ ...options, queryKey: [...options.queryKey, version] });
}

/** The report in words. */
export function AxisHeadline(props: PartProps) {
  const report = useAxisReport(props);
  const curve = chosen(report.data?.curves ?? [], props.question);
  if (report.isPending) return <Skeleton className="h-40 w-full" />;
  if (report.isError && !report.data)
    return (
      <ErrorNotice
        title="What follows from the votes can't be shown"
        error={report.error}
        onRetry={() => void report.refetch()}
      />
    );
  return curve ? <Headline curve={curve} /> : null;
}

/** The curve with its table and contrasts; for training steps the gains at each step. */
export function AxisPart(props: PartProps) {
  const report = useAxisReport(props);
  if (report.isPending) return <Skeleton className="h-96 w-full" />;
  // The headline tells what went wrong.
  if (!report.data) return null;
  const { data } = report;
  const { axis } = data.study;
  if (!axis) return null;
  if (axis.kind === 'training-step') return <Steps {...props} report={data} />;
  const curve = chosen(data.curves, props.question);
  if (!curve || curve.points.length === 0) return null;
  return (
    <>
      {!data.isTwoArms && (
        <ReportSection
          id="curve"
          title={
            axis.kind === 'removed-fraction'
              ? `What removing by ${axis.name} does`
              : `Elo over ${axis.name}`
          }
          description={`Differences to ${data.reference ?? 'the reference arm'}. Bars hold for one arm each; the shaded band holds for all arms at once.`}
        >
          <MethodWarnings method={props.method} />
          <Figure
            figure="differences"
            {...props.address}
            snapshot={props.snapshot}
            question={props.question}
            method={props.method}
            version={props.version}
          />
        </ReportSection>
      )}
      <ReportSection
        id="arms"
        title="The arms on the axis"
        description="The numbers behind the curve. Grey rows have too few votes to be relied on."
        isFlush
      >
        <AxisArms axis={axis} points={curve.points} isTwoArms={data.isTwoArms} />
      </ReportSection>
      {!data.isTwoArms && curve.contrasts.length > 0 && (
        <ReportSection
          id="contrasts"
          title="Trend and bend"
          description="Three questions to the whole curve, each answered with one number."
          isFlush
        >
          <ContrastTable contrasts={curve.contrasts} />
        </ReportSection>
      )}
    </>
  );
}

function Steps(props: PartProps & { report: AxisReport }) {
  const part = chosen(props.report.steps, props.question);
  if (!part || part.steps.length === 0) return null;
  return (
    <ReportSection
      id="curve"
      title="Gain at each training step"
      description="Models at the same step are compared with each other; the lowest of them is 0."
    >
      <MethodWarnings method={props.method} />
      <Figure
        figure="steps"
        {...props.address}
        snapshot={props.snapshot}
        question={part.question ?? 'mean'}
        method={props.method}
        version={props.version}
      />
      <div className="-mx-5 mt-4 -mb-4">
        <StepsTable steps={part.steps} />
      </div>
    </ReportSection>
  );
}

function chosen<Part extends { question: number | null }>(
  parts: readonly Part[],
  question: QuestionChoice,
): Part | undefined {
  return parts.find((part) => part.question === question) ?? parts.at(-1);
}
