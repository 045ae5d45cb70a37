'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Button } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { SkeletonLines } from '#components/skeleton.tsx';
import { queries } from '#lib/client/queries.ts';

const PAGE = 20;

/** The videos and clips that were skipped, each with its reason. */
export function FaultList(props: {
  address: { project: string; run: string };
  /** How many there are; the list follows it while the run is at work. */
  faults: number;
}) {
  const { address, faults } = props;
  const list = useInfiniteQuery(
    queries.curation.faults.infiniteOptions({
      input: (cursor: string | undefined) => ({
        ...address,
        limit: PAGE,
        ...(cursor ? { cursor } : {}),
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
  );
  const { refetch } = list;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new number is the reason to look again
  useEffect(() => void refetch(), [refetch, faults]);
  const rows = list.data?.pages.flatMap((page) => page.faults) ?? [];
  return (
    <Card
      title={`${faults.toLocaleString('en')} skipped`}
      description="What could not be read gives no clip; what could not be scored has no value there."
      isFlush
    >
      <ErrorNotice error={list.error} onRetry={() => list.refetch()} />
      {list.isPending && (
        <div className="px-5 pb-4">
          <SkeletonLines label="Loading what was skipped" />
        </div>
      )}
      <ul className="divide-y divide-line border-t border-line text-sm">
        {rows.map(({ stage, uid, path, reason }) => (
          <li
            key={`${stage} ${uid}`}
            className="grid gap-x-6 gap-y-0.5 px-5 py-2.5 md:grid-cols-[2fr_1fr_3fr]"
          >
            <span className="font-medium [overflow-wrap:anywhere]">{path}</span>
            <span className="text-ink-faint">{stage}</span>
            <span className="text-ink-soft">{reason}</span>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <div className="border-t border-line px-5 py-3">
          <Button
            size="sm"
            isBusy={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            Show more
          </Button>
        </div>
      )}
    </Card>
  );
}
