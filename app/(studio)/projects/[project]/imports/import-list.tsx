'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Film, Plus } from 'lucide-react';
import { Badge } from '#components/badge.tsx';
import { Button, LinkButton } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import { Link } from '#components/link.tsx';
import { EmptyState, ErrorNotice } from '#components/notices.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { SkeletonLines } from '#components/skeleton.tsx';
import { Table } from '#components/table.tsx';
import { queries } from '#lib/client/queries.ts';
import type { ImportSummary } from '#lib/generation/schema.ts';
import { STATE_WORDS } from './import-words.ts';
import { LayoutTrees } from './layout-trees.tsx';

const LOOK_AGAIN_MS = 2_000;

/** All imports of a project, newest first. */
export function ImportList({ project }: { project: string }) {
  const base = `/projects/${project}/imports`;
  const list = useInfiniteQuery(
    queries.imports.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ project, ...(cursor ? { cursor } : {}) }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      refetchInterval: (query) =>
        query.state.data?.pages.some((page) => page.imports.some(isMoving)) ? LOOK_AGAIN_MS : false,
    }),
  );
  const imports = list.data?.pages.flatMap((page) => page.imports) ?? [];
  const newButton = (
    <LinkButton href={`${base}/new`} variant="primary" icon={<Plus aria-hidden />}>
      New import
    </LinkButton>
  );
  return (
    <>
      <PageHeader
        title="Imports"
        description="Videos and captions that were made elsewhere. Every file is decoded before a study can use it."
        actions={imports.length > 0 && newButton}
      />
      <ErrorNotice error={list.error} onRetry={() => list.refetch()} />
      {list.isPending && (
        <Card>
          <SkeletonLines label="Loading the imports" />
        </Card>
      )}
      {list.data && imports.length === 0 && (
        <div className="flex flex-col gap-6">
          <EmptyState icon={<Film />} title="No videos yet" action={newButton}>
            Bring in what your models made: upload it here, or let the server read a folder. It may
            lie in one of three ways.
          </EmptyState>
          <LayoutTrees />
        </div>
      )}
      {imports.length > 0 && (
        <Card isFlush>
          <Table
            caption="Imports of the project"
            rows={imports}
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
              {
                key: 'state',
                header: 'State',
                cell: ({ state }) => (
                  <Badge tone={STATE_WORDS[state].tone}>{STATE_WORDS[state].text}</Badge>
                ),
              },
              {
                key: 'kind',
                header: 'Kind',
                cell: ({ kind }) => (kind === 'video' ? 'Videos' : 'Captions'),
                isMinor: true,
              },
              { key: 'accepted', header: 'Accepted', cell: acceptedText, isNumber: true },
              {
                key: 'refused',
                header: 'Refused',
                cell: ({ refused }) => refused.toLocaleString('en'),
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
      {list.hasNextPage && (
        <Button
          className="mt-4"
          isBusy={list.isFetchingNextPage}
          onClick={() => list.fetchNextPage()}
        >
          Show older imports
        </Button>
      )}
    </>
  );
}

function isMoving({ state }: ImportSummary): boolean {
  return state === 'waiting' || state === 'running';
}

function acceptedText(row: ImportSummary): string {
  const accepted = row.accepted.toLocaleString('en');
  return isMoving(row) ? `${accepted} of ${row.expected.toLocaleString('en')}` : accepted;
}
