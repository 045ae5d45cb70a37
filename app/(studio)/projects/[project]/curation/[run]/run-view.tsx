'use client';

import { useQuery } from '@tanstack/react-query';
import { Database } from 'lucide-react';
import { Badge } from '#components/badge.tsx';
import { LinkButton } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { SkeletonLines } from '#components/skeleton.tsx';
import { Stat, StatRow } from '#components/stat.tsx';
import { queries } from '#lib/client/queries.ts';
import type { RunDetail } from '#lib/curation/schema.ts';
import { isMoving, RUN_WORDS, sourceText } from '../run-words.ts';
import { FaultList } from './fault-list.tsx';
import { LineageTable } from './lineage-table.tsx';
import { RunActions } from './run-actions.tsx';
import { StageList } from './stage-list.tsx';

const LOOK_AGAIN_MS = 1_500;

/** A curation run: how far each step is, what was skipped and why, and what came out. */
export function RunView({ project, slug }: { project: string; slug: string }) {
  const address = { project, run: slug };
  const detail = useQuery(
    queries.curation.get.queryOptions({
      input: address,
      refetchInterval: (query) => {
        const run = query.state.data;
        if (!run) return false;
        const waitsForDataset = run.state === 'done' && run.versions.length === 0;
        return isMoving(run.state) || waitsForDataset ? LOOK_AGAIN_MS : false;
      },
    }),
  );
  if (detail.isPending) return <SkeletonLines count={6} label="Loading the run" />;
  if (detail.isError)
    return <ErrorNotice error={detail.error} onRetry={() => void detail.refetch()} />;
  const run = detail.data;
  return (
    <>
      <PageHeader
        title={run.name}
        crumbs={[{ href: `/projects/${project}/curation`, label: 'Curation' }]}
        description={
          <span className="[overflow-wrap:anywhere]">{`Clips from ${sourceText(run.source)}`}</span>
        }
        badges={<Badge tone={RUN_WORDS[run.state].tone}>{RUN_WORDS[run.state].text}</Badge>}
        actions={
          <>
            <RunActions project={project} run={run} />
            <DatasetLink project={project} run={run} />
          </>
        }
      />
      <div className="flex flex-col gap-6">
        {run.state === 'failed' && (
          <ErrorNotice
            title="The run has stopped; what it has done so far is kept"
            error={new Error(run.problem ?? 'Something went wrong.')}
          />
        )}
        {run.state === 'done' && <Outcome run={run} />}
        <StageList run={run} />
        {run.failed.length > 0 && <FailedList run={run} />}
        {run.faults > 0 && <FaultList address={address} faults={run.faults} />}
        {run.result && <LineageTable result={run.result} />}
      </div>
    </>
  );
}

function DatasetLink({ project, run }: { project: string; run: RunDetail }) {
  const made = run.versions.at(-1);
  if (!made) return null;
  return (
    <LinkButton
      variant="primary"
      href={`/projects/${project}/datasets/${made.dataset}?version=${made.version}`}
      icon={<Database aria-hidden />}
    >
      Open the dataset
    </LinkButton>
  );
}

function Outcome({ run }: { run: RunDetail }) {
  const made = run.versions.at(-1);
  const cut = run.stages.find(({ kind }) => kind === 'cut');
  return (
    <StatRow>
      {cut && <Stat label="Videos cut" value={(cut.unitsDone - cut.faults).toLocaleString('en')} />}
      <Stat label="Clips" value={(run.result?.clips ?? 0).toLocaleString('en')} />
      <Stat label="Skipped" value={run.faults.toLocaleString('en')} />
      <Stat
        label="Dataset"
        value={made ? `Version ${made.version}` : 'Coming'}
        hint={made ? made.dataset : `${run.target.name} is being made`}
      />
    </StatRow>
  );
}

function FailedList({ run }: { run: RunDetail }) {
  return (
    <Card
      title="What failed"
      description="Put it right and try again, or go on without: its clips then have no values."
      isFlush
    >
      <ul className="divide-y divide-line border-t border-line text-sm">
        {run.failed.map(({ stage, what, problem }) => (
          <li
            key={`${stage} ${what}`}
            className="grid gap-x-6 gap-y-0.5 px-5 py-2.5 md:grid-cols-[2fr_3fr]"
          >
            <span className="font-medium [overflow-wrap:anywhere]">
              {what === '' ? stage : `${stage}: ${what}`}
            </span>
            <span className="text-ink-soft [overflow-wrap:anywhere]">{problem}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
