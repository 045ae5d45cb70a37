'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Card } from '#components/card.tsx';
import { classNames } from '#components/class-names.ts';
import { ErrorNotice } from '#components/notices.tsx';
import { SkeletonLines } from '#components/skeleton.tsx';
import { queries } from '#lib/client/queries.ts';
import type { AxisDetail, AxisFraction } from '#lib/datasets/axes/schema.ts';
import { percentText } from '../../axis-words.ts';
import { ClipGrid } from '../../clip-grid.tsx';

interface AroundCutProps {
  address: { project: string; dataset: string; version: number };
  detail: AxisDetail;
  fractions: readonly AxisFraction[];
}

/** The last clips that go and the first that stay, at the cut that is chosen. */
export function AroundCut({ address, detail, fractions }: AroundCutProps) {
  const cuts = fractions.filter(({ around }) => around.removed.length + around.kept.length > 0);
  const [chosen, setChosen] = useState(0);
  const cut = cuts[Math.min(chosen, cuts.length - 1)];
  if (!cut) return null;
  return (
    <Card
      title="Around the cut"
      description="The clips nearest to it on either side: is what goes really worse than what stays?"
      actions={
        <fieldset className="flex flex-wrap gap-1">
          <legend className="sr-only">Which cut</legend>
          {cuts.map(({ fraction }, index) => (
            <label
              key={fraction}
              className={classNames(
                'cursor-pointer rounded-lg px-2.5 py-1.5 text-sm font-medium has-focus-visible:outline-2 has-focus-visible:outline-accent',
                fraction === cut.fraction
                  ? 'bg-accent-soft text-accent-strong'
                  : 'text-ink-soft hover:bg-sunken',
              )}
            >
              <input
                type="radio"
                name="cut"
                className="sr-only"
                checked={fraction === cut.fraction}
                onChange={() => setChosen(index)}
              />
              {percentText(fraction)}
            </label>
          ))}
        </fieldset>
      }
    >
      <div className="grid gap-6 xl:grid-cols-2">
        <Side title="These go" address={address} detail={detail} uids={cut.around.removed} />
        <Side title="These stay" address={address} detail={detail} uids={cut.around.kept} />
      </div>
    </Card>
  );
}

interface SideProps {
  title: string;
  address: AroundCutProps['address'];
  detail: AxisDetail;
  uids: readonly string[];
}

function Side({ title, address, detail, uids }: SideProps) {
  const clips = useQuery({
    ...queries.clips.byUid.queryOptions({ input: { ...address, uids: [...uids] } }),
    enabled: uids.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const columns = useQuery(
    queries.datasets.get.queryOptions({ input: address, staleTime: Number.POSITIVE_INFINITY }),
  );
  const shown = columns.data?.columns ?? [];
  const caption = shown.find(({ kind }) => kind === 'caption')?.name;
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <h3 className="text-sm font-medium text-ink-soft">{title}</h3>
      {uids.length === 0 && <p className="text-sm text-ink-faint">None.</p>}
      {uids.length > 0 && clips.isPending && <SkeletonLines count={3} label="Loading clips" />}
      <ErrorNotice error={clips.error} onRetry={() => void clips.refetch()} />
      {clips.data && columns.data && (
        <ClipGrid
          address={address}
          columns={shown}
          clips={clips.data.clips}
          caption={caption}
          shown={[detail.definition.score]}
        />
      )}
    </section>
  );
}
