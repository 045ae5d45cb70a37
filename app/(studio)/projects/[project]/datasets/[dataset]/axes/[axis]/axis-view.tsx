'use client';

import { useQuery } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { Badge } from '#components/badge.tsx';
import { LinkButton } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { Progress } from '#components/progress.tsx';
import { SkeletonLines } from '#components/skeleton.tsx';
import { Stat, StatRow } from '#components/stat.tsx';
import { api } from '#lib/client/api.ts';
import { queries } from '#lib/client/queries.ts';
import type { AxisDetail, AxisResult } from '#lib/datasets/axes/schema.ts';
import { DrawnFigure } from '../../../../../../../_parts/drawn-figure.tsx';
import { isMoving } from '../../../dataset-words.ts';
import { AXIS_STATES, MISSING_WORDS, STEP_WORDS } from '../../axis-words.ts';
import { AroundCut } from './around-cut.tsx';
import { CutsTable } from './cuts-table.tsx';
import { LabelTables } from './label-tables.tsx';
import { OverlapTable } from './overlap-table.tsx';
import { RetryAxis } from './retry-axis.tsx';
import { SubsetsCard } from './subsets-card.tsx';

const LOOK_AGAIN_MS = 1_000;

interface AxisViewProps {
  project: string;
  dataset: string;
  axis: string;
}

/** An axis: where its cuts fall, what they drop and keep, and the files that list it. */
export function AxisView({ project, dataset, axis }: AxisViewProps) {
  const wished = Number(useSearchParams().get('version'));
  const version = Number.isInteger(wished) && wished > 0 ? wished : undefined;
  const input = { project, dataset, axis, ...(version === undefined ? {} : { version }) };
  const found = useQuery(
    queries.axes.get.queryOptions({
      input,
      refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? LOOK_AGAIN_MS : false),
    }),
  );
  if (found.isPending) return <SkeletonLines count={6} label="Loading the axis" />;
  if (found.isError)
    return <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />;
  const detail = found.data;
  const { text, tone } = AXIS_STATES[detail.state];
  const base = `/projects/${project}/datasets`;
  return (
    <>
      <PageHeader
        title={detail.name}
        crumbs={[
          { href: base, label: 'Datasets' },
          { href: `${base}/${dataset}?version=${detail.version}`, label: dataset },
        ]}
        description={summaryOf(detail)}
        badges={<Badge tone={tone}>{text}</Badge>}
        actions={
          detail.result && (
            <LinkButton
              variant="primary"
              href={`/projects/${project}/studies/new`}
              icon={<FlaskConical aria-hidden />}
            >
              Make a study of it
            </LinkButton>
          )
        }
      />
      <div className="flex flex-col gap-6">
        {isMoving(detail) && <Moving detail={detail} />}
        {detail.state === 'failed' && <RetryAxis project={project} detail={detail} />}
        {detail.result && (
          <Computed
            address={{ project, dataset, version: detail.version }}
            detail={detail}
            result={detail.result}
          />
        )}
      </div>
    </>
  );
}

function summaryOf({ definition, version }: AxisDetail): string {
  const { score, direction, sample, missing } = definition;
  const from =
    sample.size === null
      ? `all clips of version ${version}`
      : `${sample.size.toLocaleString('en')} clips of version ${version}`;
  const end = direction === 'low' ? 'lowest' : 'highest';
  return `The ${end} ${score} goes, from ${from}, seed ${sample.seed}. Clips without it ${MISSING_WORDS[missing]}.`;
}

function Moving({ detail }: { detail: AxisDetail }) {
  const { progress, problem } = detail;
  return (
    <Card>
      <Progress
        label={progress ? STEP_WORDS[progress.step] : 'Waiting for a worker'}
        value={progress?.done ?? 0}
        max={progress?.steps ?? 0}
        note={progress ? `${progress.done + 1} of ${progress.steps}` : ''}
      />
      {problem && <p className="mt-3 text-sm text-warn">{problem} It is tried again by itself.</p>}
    </Card>
  );
}

interface ComputedProps {
  address: { project: string; dataset: string; version: number };
  detail: AxisDetail;
  result: AxisResult;
}

function Computed({ address, detail, result }: ComputedProps) {
  const { clips, sampled, missing, fractions } = result;
  const count = (value: number) => value.toLocaleString('en');
  return (
    <>
      <StatRow>
        <Stat label="Clips of the dataset" value={count(clips)} />
        <Stat label="In the sample" value={count(sampled)} />
        <Stat label={`Without ${detail.definition.score}`} value={count(missing)} />
        <Stat label="Subsets" value={fractions.length} />
      </StatRow>
      <Card>
        <DrawnFigure
          figureKey={['axis', address, detail.slug]}
          draw={(width) => api.axes.histogram({ ...address, axis: detail.slug, width })}
        />
      </Card>
      <CutsTable fractions={fractions} sampled={sampled} />
      <AroundCut address={address} detail={detail} fractions={fractions} />
      <LabelTables labels={result.labels} fractions={fractions} />
      <SubsetsCard address={address} axis={detail.slug} />
      <OverlapTable overlaps={result.overlaps} />
    </>
  );
}
