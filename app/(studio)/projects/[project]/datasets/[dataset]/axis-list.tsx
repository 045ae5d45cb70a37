'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus, Scissors } from 'lucide-react';
import { Badge } from '#components/badge.tsx';
import { LinkButton } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import { TextLink } from '#components/link.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { SkeletonLines } from '#components/skeleton.tsx';
import { Table } from '#components/table.tsx';
import { queries } from '#lib/client/queries.ts';
import type { AxisSummary } from '#lib/datasets/axes/schema.ts';
import { isMoving } from '../dataset-words.ts';
import { valueText } from '../value-text.ts';
import { AXIS_STATES, percentText } from './axis-words.ts';

const LOOK_AGAIN_MS = 1_500;

interface AxisListProps {
  project: string;
  dataset: string;
  version: number;
}

/** The axes of a dataset version with their cut values, and the way to a new one. */
export function AxisList({ project, dataset, version }: AxisListProps) {
  const axes = useQuery(
    queries.axes.list.queryOptions({
      input: { project, dataset, version },
      refetchInterval: ({ state }) => (state.data?.axes.some(isMoving) ? LOOK_AGAIN_MS : false),
    }),
  );
  const base = `/projects/${project}/datasets/${dataset}/axes`;
  const rows = axes.data?.axes ?? [];
  return (
    <Card
      title="Axes"
      description="Cut the dataset along a score into the subsets that models are trained on."
      isFlush
      actions={
        <LinkButton size="sm" href={`${base}/new?version=${version}`} icon={<Plus aria-hidden />}>
          New axis
        </LinkButton>
      }
    >
      {axes.isPending && (
        <div className="px-5 pb-4">
          <SkeletonLines count={2} label="Loading the axes" />
        </div>
      )}
      <div className={axes.isError ? 'px-5 pb-4' : ''}>
        <ErrorNotice error={axes.error} onRetry={() => void axes.refetch()} />
      </div>
      {axes.data && rows.length === 0 && (
        <p className="flex items-center gap-2 px-5 pb-5 text-sm text-ink-faint">
          <Scissors aria-hidden className="size-4" />
          No axis yet.
        </p>
      )}
      {rows.length > 0 && (
        <Table
          caption="Axes"
          rows={rows}
          rowKey={({ slug }) => slug}
          columns={[
            {
              key: 'name',
              header: 'Axis',
              cell: ({ slug, name }) => (
                <TextLink href={`${base}/${slug}?version=${version}`}>{name}</TextLink>
              ),
            },
            {
              key: 'drops',
              header: 'Drops',
              cell: ({ definition: { direction, score } }) =>
                `${direction === 'low' ? 'lowest' : 'highest'} ${score}`,
            },
            { key: 'cuts', header: 'Cut values', cell: cutTexts },
            {
              key: 'sampled',
              header: 'Clips',
              isNumber: true,
              isMinor: true,
              cell: ({ sampled }) => sampled?.toLocaleString('en') ?? '',
            },
            {
              key: 'state',
              header: 'State',
              cell: ({ state }) => (
                <Badge tone={AXIS_STATES[state].tone}>{AXIS_STATES[state].text}</Badge>
              ),
            },
          ]}
        />
      )}
    </Card>
  );
}

function cutTexts({ cuts, definition: { fractions } }: AxisSummary) {
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-0.5 tabular-nums">
      {cuts.map((cut, index) =>
        cut === null ? null : (
          <li key={fractions[index]} className="whitespace-nowrap">
            <span className="text-ink-faint">{percentText(fractions[index] ?? 0)}</span>{' '}
            {cut.value === null ? 'no value' : valueText(cut.value)}
          </li>
        ),
      )}
    </ul>
  );
}
