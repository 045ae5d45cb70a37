'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Badge } from '#components/badge.tsx';
import { Card } from '#components/card.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { Progress } from '#components/progress.tsx';
import { SkeletonLines } from '#components/skeleton.tsx';
import { Stat, StatRow } from '#components/stat.tsx';
import { queries } from '#lib/client/queries.ts';
import type { ImportDetail } from '#lib/generation/schema.ts';
import { bytesText, countOf, STATE_WORDS } from '../import-words.ts';
import { CandidateGrid } from './candidate-grid.tsx';
import { ImportActions } from './import-actions.tsx';
import { RefusedList } from './refused-list.tsx';

const LOOK_AGAIN_MS = 1_000;

/** An import: how far it is, what came in, and what was refused and why. */
export function ImportView({ project, slug }: { project: string; slug: string }) {
  const address = { project, import: slug };
  const detail = useQuery(
    queries.imports.get.queryOptions({
      input: address,
      refetchInterval: (query) =>
        query.state.data && isMoving(query.state.data) ? LOOK_AGAIN_MS : false,
    }),
  );
  const queryClient = useQueryClient();
  const state = detail.data?.state;
  useEffect(() => {
    // What came in meanwhile is shown once the reading has ended.
    if (state === 'done' || state === 'failed')
      void queryClient.invalidateQueries({ queryKey: queries.imports.candidates.key() });
  }, [state, queryClient]);
  if (detail.isPending) return <SkeletonLines count={6} label="Loading the import" />;
  if (detail.isError)
    return <ErrorNotice error={detail.error} onRetry={() => void detail.refetch()} />;
  const data = detail.data;
  return (
    <>
      <PageHeader
        title={data.name}
        crumbs={[{ href: `/projects/${project}/imports`, label: 'Imports' }]}
        description={data.explanation}
        badges={<Badge tone={STATE_WORDS[data.state].tone}>{STATE_WORDS[data.state].text}</Badge>}
        actions={<ImportActions project={project} detail={data} />}
      />
      <div className="flex flex-col gap-6">
        {data.state === 'failed' && (
          <ErrorNotice
            title="The import could not be read"
            error={new Error(data.problem ?? 'Something went wrong.')}
          />
        )}
        {isMoving(data) && <Reading detail={data} />}
        <Notices notices={data.notices} />
        {data.expected > 0 && <Numbers detail={data} />}
        {data.refused > 0 && <RefusedList address={address} refused={data.refused} />}
        {data.accepted > 0 && <CandidateGrid address={address} kind={data.kind} />}
      </div>
    </>
  );
}

function isMoving({ state }: ImportDetail): boolean {
  return state === 'waiting' || state === 'running';
}

function Reading({ detail }: { detail: ImportDetail }) {
  const { expected, accepted, refused, listed, state, problem } = detail;
  const label =
    state === 'waiting'
      ? 'Waiting for a worker'
      : listed
        ? `${(accepted + refused).toLocaleString('en')} of ${countOf(expected, 'file')} decoded`
        : 'Looking through the files';
  return (
    <Card>
      <Progress
        label={label}
        value={accepted + refused}
        max={expected}
        {...(listed ? {} : { note: '' })}
      />
      {problem && <p className="mt-3 text-sm text-warn">{problem} It is tried again by itself.</p>}
    </Card>
  );
}

function Notices({ notices }: { notices: readonly string[] }) {
  if (notices.length === 0) return null;
  return (
    <Card title="To know">
      <ul className="flex list-disc flex-col gap-1 pl-5 text-sm text-ink-soft">
        {notices.map((notice) => (
          <li key={notice} className="[overflow-wrap:anywhere]">
            {notice}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Numbers({ detail }: { detail: ImportDetail }) {
  const { kind, accepted, models, prompts, captions, bytes } = detail;
  const number = (value: number) => value.toLocaleString('en');
  return (
    <StatRow>
      <Stat label={kind === 'video' ? 'Videos' : 'Clips'} value={number(accepted)} />
      {kind === 'caption' && <Stat label="Captions" value={number(captions)} />}
      <Stat label={kind === 'video' ? 'Models' : 'Captioners'} value={number(models)} />
      {kind === 'video' && <Stat label="Prompts" value={number(prompts)} />}
      <Stat label="Size" value={bytesText(bytes)} />
    </StatRow>
  );
}
