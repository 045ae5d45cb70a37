'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Button } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { SkeletonLines } from '#components/skeleton.tsx';
import { queries } from '#lib/client/queries.ts';
import { countOf } from '../import-words.ts';

const PAGE = 20;

/** The files that were not taken, each with its reason. */
export function RefusedList(props: {
  address: { project: string; import: string };
  /** How many there are; the list follows it while the import runs. */
  refused: number;
}) {
  const { address, refused } = props;
  const list = useInfiniteQuery(
    queries.imports.videos.infiniteOptions({
      input: (cursor: string | undefined) => ({
        ...address,
        state: 'refused' as const,
        limit: PAGE,
        ...(cursor ? { cursor } : {}),
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
  );
  const { refetch } = list;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new number is the reason to look again
  useEffect(() => void refetch(), [refetch, refused]);
  const videos = list.data?.pages.flatMap((page) => page.videos) ?? [];
  return (
    <Card
      title={`${countOf(refused, 'file')} refused`}
      description="The rest came in. Put these right where they came from and read again, or leave them."
      isFlush
    >
      <ErrorNotice error={list.error} onRetry={() => list.refetch()} />
      {list.isPending && (
        <div className="px-5 pb-4">
          <SkeletonLines label="Loading the refused files" />
        </div>
      )}
      <ul className="divide-y divide-line border-t border-line text-sm">
        {videos.map(({ id, path, reason }) => (
          <li key={id} className="grid gap-x-6 gap-y-0.5 px-5 py-2.5 md:grid-cols-[2fr_3fr]">
            <span className="font-medium [overflow-wrap:anywhere]">{path}</span>
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
