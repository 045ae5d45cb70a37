'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus, Table2 } from 'lucide-react';
import { Badge } from '#components/badge.tsx';
import { LinkButton } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import { Link } from '#components/link.tsx';
import { EmptyState, ErrorNotice } from '#components/notices.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { SkeletonLines } from '#components/skeleton.tsx';
import { Table } from '#components/table.tsx';
import { queries } from '#lib/client/queries.ts';
import type { DatasetSummary, VersionSummary } from '#lib/datasets/schema.ts';
import { isMoving, STATE_WORDS } from './dataset-words.ts';

const LOOK_AGAIN_MS = 2_000;

/** The tables of clips of a project. */
export function DatasetList({ project }: { project: string }) {
  const base = `/projects/${project}/datasets`;
  const list = useQuery(
    queries.datasets.list.queryOptions({
      input: { project },
      refetchInterval: (query) =>
        query.state.data?.datasets.some(({ versions }) => versions.some(isMoving))
          ? LOOK_AGAIN_MS
          : false,
    }),
  );
  const datasets = list.data?.datasets ?? [];
  const newButton = (
    <LinkButton href={`${base}/new`} variant="primary" icon={<Plus aria-hidden />}>
      New dataset
    </LinkButton>
  );
  return (
    <>
      <PageHeader
        title="Datasets"
        description="Tables of clips with scores and captions. Axes and subsets are made of them; a version never changes."
        actions={datasets.length > 0 && newButton}
      />
      <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />
      {list.isPending && (
        <Card>
          <SkeletonLines label="Loading the datasets" />
        </Card>
      )}
      {list.data && datasets.length === 0 && (
        <EmptyState icon={<Table2 />} title="No dataset yet" action={newButton}>
          Register the table that lists your clips: Parquet, CSV, JSONL or WebDataset, one file or
          thousands. It needs a column with the path of each clip; numbers become scores, texts
          become captions.
        </EmptyState>
      )}
      {datasets.length > 0 && (
        <Card isFlush>
          <Table
            caption="Datasets of the project"
            rows={datasets}
            rowKey={(row) => row.slug}
            columns={[
              {
                key: 'name',
                header: 'Name',
                cell: (row) => (
                  <Link
                    href={`${base}/${row.slug}`}
                    className="rounded-sm font-medium [overflow-wrap:anywhere] hover:text-accent"
                  >
                    {row.name}
                  </Link>
                ),
              },
              { key: 'state', header: 'State', cell: (row) => <States versions={row.versions} /> },
              {
                key: 'clips',
                header: 'Clips',
                cell: (row) => countText(shownVersion(row)?.clips),
                isNumber: true,
              },
              {
                key: 'refused',
                header: 'Refused',
                cell: (row) => countText(shownVersion(row)?.refused),
                isNumber: true,
                isMinor: true,
              },
              {
                key: 'versions',
                header: 'Version',
                cell: (row) => shownVersion(row)?.number ?? '–',
                isNumber: true,
              },
              {
                key: 'created',
                header: 'Created',
                cell: ({ createdAt }) => new Date(createdAt).toLocaleDateString('en-GB'),
                isMinor: true,
                isNumber: true,
              },
            ]}
          />
        </Card>
      )}
    </>
  );
}

/** The newest version that is ready, else the newest. */
function shownVersion({ versions }: DatasetSummary): VersionSummary | undefined {
  return versions.find(({ state }) => state === 'done') ?? versions[0];
}

/** The state of the newest version, and of the one in use where that is another. */
function States({ versions }: { versions: readonly VersionSummary[] }) {
  const [newest] = versions;
  if (!newest) return null;
  const isBehind = newest.state !== 'done' && versions.some(({ state }) => state === 'done');
  const { text, tone } = STATE_WORDS[newest.state];
  return (
    <span className="flex flex-wrap gap-1.5">
      {isBehind && <Badge tone="good">Ready</Badge>}
      <Badge tone={tone}>
        {isBehind ? `Version ${newest.number}: ${text.toLowerCase()}` : text}
      </Badge>
    </span>
  );
}

function countText(count: number | null | undefined): string {
  return count === null || count === undefined ? '–' : count.toLocaleString('en');
}
