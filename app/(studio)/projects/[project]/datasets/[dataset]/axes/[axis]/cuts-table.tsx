'use client';

import { Card } from '#components/card.tsx';
import { Table } from '#components/table.tsx';
import type { AxisFraction } from '#lib/datasets/axes/schema.ts';
import { shareText, valueText } from '../../../value-text.ts';
import { percentText } from '../../axis-words.ts';

/** Where each cut lies, and how many clips it drops and keeps: exactly. */
export function CutsTable(props: { fractions: readonly AxisFraction[]; sampled: number }) {
  const { fractions, sampled } = props;
  const number = (value: number) => value.toLocaleString('en');
  return (
    <Card
      title="Cuts"
      description="The numbers of dropped clips are exact: of equal scores a hash decides who goes."
      isFlush
    >
      <Table
        caption="Cuts"
        rows={fractions}
        rowKey={({ fraction }) => fraction}
        columns={[
          {
            key: 'fraction',
            header: 'Dropped',
            isNumber: true,
            cell: ({ fraction }) => <span className="font-medium">{percentText(fraction)}</span>,
          },
          {
            key: 'cut',
            header: 'Cut value',
            isNumber: true,
            cell: ({ cut }) =>
              cut === null ? (
                '–'
              ) : cut.value === null ? (
                'no value'
              ) : cut.value === 0 ? (
                '0'
              ) : (
                <span title={String(cut.value)}>{valueText(cut.value)}</span>
              ),
          },
          { key: 'kept', header: 'Kept', isNumber: true, cell: ({ kept }) => number(kept) },
          {
            key: 'removed',
            header: 'Dropped clips',
            isNumber: true,
            cell: ({ removed }) => number(removed),
          },
          {
            key: 'missing',
            header: 'of them without a score',
            isNumber: true,
            isMinor: true,
            cell: ({ removedMissing }) => number(removedMissing),
          },
          {
            key: 'ties',
            header: 'Ties at the cut',
            isMinor: true,
            cell: ({ ties }) =>
              ties === null || ties.removed === ties.clips
                ? ''
                : `${number(ties.removed)} of ${number(ties.clips)} go`,
          },
          {
            key: 'share',
            header: 'Share kept',
            isNumber: true,
            isMinor: true,
            cell: ({ kept }) => shareText(kept, sampled),
          },
          {
            key: 'control',
            header: 'Random drop',
            cell: ({ control, kept }) =>
              control === null ? '–' : <span className="tabular-nums">{number(kept)} kept</span>,
          },
        ]}
      />
    </Card>
  );
}
