'use client';

import { useQuery } from '@tanstack/react-query';
import { Card } from '#components/card.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { SkeletonLines } from '#components/skeleton.tsx';
import { queries } from '#lib/client/queries.ts';
import { isMoving } from '../../../dataset-words.ts';
import { Manifests } from './manifests.tsx';

const LOOK_AGAIN_MS = 1_000;

interface SubsetsCardProps {
  address: { project: string; dataset: string; version: number };
  axis: string;
}

/** The subsets of an axis, each with the files that list it. */
export function SubsetsCard({ address, axis }: SubsetsCardProps) {
  const subsets = useQuery(
    queries.subsets.list.queryOptions({
      input: { ...address, axis },
      refetchInterval: ({ state }) =>
        state.data?.subsets.some(({ manifests }) => manifests.some(isMoving))
          ? LOOK_AGAIN_MS
          : false,
    }),
  );
  return (
    <Card
      title="Subsets and their manifests"
      description="A manifest lists the clips of a subset for the training script. Asked for again, it is the same to the byte."
      isFlush
    >
      {subsets.isPending && (
        <div className="px-5 pb-4">
          <SkeletonLines count={4} label="Loading the subsets" />
        </div>
      )}
      <div className={subsets.isError ? 'px-5 pb-4' : ''}>
        <ErrorNotice error={subsets.error} onRetry={() => void subsets.refetch()} />
      </div>
      <ul className="border-t border-line">
        {subsets.data?.subsets.map((subset) => (
          <li key={subset.slug} className="border-b border-line px-5 py-4 last:border-b-0">
            <Manifests address={address} subset={subset} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
