'use client';

import { useQuery } from '@tanstack/react-query';
import { Film, Gauge, Plus } from 'lucide-react';
import { useRouter, useSearchParams } from 'next/navigation';
import { Badge } from '#components/badge.tsx';
import { LinkButton } from '#components/button.tsx';
import { CopyButton } from '#components/copy-button.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { SkeletonLines } from '#components/skeleton.tsx';
import { Stat, StatRow } from '#components/stat.tsx';
import { queries } from '#lib/client/queries.ts';
import type { VersionDetail } from '#lib/datasets/schema.ts';
import { bytesText } from '../../imports/import-words.ts';
import { isMoving, STATE_WORDS } from '../dataset-words.ts';
import { AxisList } from './axis-list.tsx';
import { ColumnsCard } from './columns-card.tsx';
import { ProfileSection } from './profile-section.tsx';
import { Registration } from './registration.tsx';
import { VersionSelect } from './version-select.tsx';

const LOOK_AGAIN_MS = 1_500;

/** A dataset: the state of a version, and what its clips look like. */
export function DatasetView({ project, dataset }: { project: string; dataset: string }) {
  const router = useRouter();
  const wished = Number(useSearchParams().get('version'));
  const version = Number.isInteger(wished) && wished > 0 ? wished : undefined;
  const address = { project, dataset, ...(version === undefined ? {} : { version }) };
  const base = `/projects/${project}/datasets`;
  const detail = useQuery(
    queries.datasets.get.queryOptions({
      input: address,
      refetchInterval: (query) =>
        query.state.data && isMoving(query.state.data) ? LOOK_AGAIN_MS : false,
    }),
  );
  if (detail.isPending) return <SkeletonLines count={6} label="Loading the dataset" />;
  if (detail.isError)
    return <ErrorNotice error={detail.error} onRetry={() => void detail.refetch()} />;
  const data = detail.data;
  const isDone = data.state === 'done';
  const { text, tone } = STATE_WORDS[data.state];
  return (
    <>
      <PageHeader
        title={data.name}
        crumbs={[{ href: base, label: 'Datasets' }]}
        description={sourceText(data)}
        badges={<Badge tone={tone}>{text}</Badge>}
        actions={
          <>
            <VersionSelect
              project={project}
              dataset={dataset}
              current={data.number}
              onChange={(number) => router.push(`${base}/${dataset}?version=${number}`)}
            />
            <LinkButton href={`${base}/new?dataset=${dataset}`} icon={<Plus aria-hidden />}>
              New version
            </LinkButton>
            {isDone && (
              <LinkButton
                href={`/projects/${project}/curation/new?dataset=${dataset}`}
                icon={<Gauge aria-hidden />}
              >
                Score clips
              </LinkButton>
            )}
            {isDone && (
              <LinkButton
                variant="primary"
                href={`${base}/${dataset}/clips?version=${data.number}`}
                icon={<Film aria-hidden />}
              >
                Look at clips
              </LinkButton>
            )}
          </>
        }
      />
      <div className="flex flex-col gap-6">
        <Registration project={project} detail={data} />
        {isDone && (
          <>
            <Numbers detail={data} />
            <AxisList project={project} dataset={dataset} version={data.number} />
            <ProfileSection project={project} dataset={dataset} version={data.number} />
          </>
        )}
        {data.columns.length > 0 && <ColumnsCard detail={data} />}
      </div>
    </>
  );
}

function sourceText({ source, number }: VersionDetail): string {
  if (source.kind === 'made') {
    const { base } = source;
    return base === null
      ? `Version ${number}, made by a curation run.`
      : `Version ${number}, made by a curation run from version ${base.version} of ${base.dataset}.`;
  }
  const from = source.source;
  return `Version ${number}, from ${from.kind === 'server' ? from.path : from.name}.`;
}

function Numbers({ detail }: { detail: VersionDetail }) {
  const { clips, refused, bytes, columns, hash } = detail;
  const count = (value: number | null) => (value ?? 0).toLocaleString('en');
  const of = (kind: string) => columns.filter((column) => column.kind === kind).length;
  return (
    <div className="flex flex-col gap-2">
      <StatRow>
        <Stat label="Clips" value={count(clips)} />
        {(refused ?? 0) > 0 && <Stat label="Refused rows" value={count(refused)} />}
        <Stat label="Scores" value={count(of('score'))} />
        <Stat label="Captions" value={count(of('caption'))} />
        <Stat label="Size" value={bytesText(bytes ?? 0)} />
      </StatRow>
      {hash !== null && (
        <p className="flex flex-wrap items-center gap-2 text-sm text-ink-faint">
          <span className="min-w-0">
            Hash of the table{' '}
            <code className="text-xs text-ink-soft [overflow-wrap:anywhere]">{hash}</code>
          </span>
          <CopyButton text={hash} label="Copy the hash" />
        </p>
      )}
    </div>
  );
}
