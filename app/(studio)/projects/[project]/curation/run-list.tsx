'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Plus, Scissors } from 'lucide-react';
import { Badge } from '#components/badge.tsx';
import { Button, LinkButton } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import { Link } from '#components/link.tsx';
import { EmptyState, ErrorNotice } from '#components/notices.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { SkeletonLines } from '#components/skeleton.tsx';
import { Table } from '#components/table.tsx';
import { queries } from '#lib/client/queries.ts';
import { isMoving, RUN_WORDS, sourceText } from './run-words.ts';

const LOOK_AGAIN_MS = 2_000;

/** All curation runs of a project, newest first. */
export function RunList({ project }: { project: string }) {
  const base = `/projects/${project}/curation`;
  const list = useInfiniteQuery(
    queries.curation.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ project, ...(cursor ? { cursor } : {}) }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      refetchInterval: (query) =>
        query.state.data?.pages.some((page) => page.runs.some(({ state }) => isMoving(state)))
          ? LOOK_AGAIN_MS
          : false,
    }),
  );
  const runs = list.data?.pages.flatMap((page) => page.runs) ?? [];
  const newButton = (
    <LinkButton href={`${base}/new`} variant="primary" icon={<Plus aria-hidden />}>
      New run
    </LinkButton>
  );
  return (
    <>
      <PageHeader
        title="Curation"
        description="From long videos to clips with scores and captions, as a dataset."
        actions={runs.length > 0 && newButton}
      />
      <ErrorNotice error={list.error} onRetry={() => list.refetch()} />
      {list.isPending && (
        <Card>
          <SkeletonLines label="Loading the runs" />
        </Card>
      )}
      {list.data && runs.length === 0 && (
        <EmptyState icon={<Scissors />} title="No runs yet" action={newButton}>
          A run cuts the long videos of a folder into clips, or takes clips that are there, and asks
          one scorer after the other about each of them.
        </EmptyState>
      )}
      {runs.length > 0 && (
        <Card isFlush>
          <Table
            caption="Curation runs of the project"
            rows={runs}
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
                  <Badge tone={RUN_WORDS[state].tone}>{RUN_WORDS[state].text}</Badge>
                ),
              },
              {
                key: 'progress',
                header: 'Done',
                cell: ({ progress }) => `${Math.floor(progress * 100)}\u2009%`,
                isNumber: true,
              },
              {
                key: 'source',
                header: 'From',
                cell: ({ source }) => (
                  <span className="[overflow-wrap:anywhere]">{sourceText(source)}</span>
                ),
                isMinor: true,
              },
              {
                key: 'steps',
                header: 'Steps',
                cell: ({ steps }) => steps.join(', '),
                isMinor: true,
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
          Show older runs
        </Button>
      )}
    </>
  );
}
