'use client';

import { Card } from '#components/card.tsx';
import { Table } from '#components/table.tsx';
import type { AxisFraction, AxisResult } from '#lib/datasets/axes/schema.ts';
import { shareText } from '../../../value-text.ts';
import { percentText } from '../../axis-words.ts';

interface LabelTablesProps {
  labels: AxisResult['labels'];
  fractions: readonly AxisFraction[];
}

/** For each column of labels: how many clips of each label every cut dropped. */
export function LabelTables({ labels, fractions }: LabelTablesProps) {
  const number = (value: number) => value.toLocaleString('en');
  const cuts = fractions
    .map(({ fraction }, index) => ({ fraction, index }))
    .filter(({ fraction }) => fraction > 0);
  return labels.map(({ column, labels: rows }) => (
    <Card
      key={column}
      title={`What the cuts drop, by ${column}`}
      description="Clips of each label that go, and their share of that label."
      isFlush
    >
      <Table
        caption={`Dropped clips by ${column}`}
        rows={rows}
        rowKey={({ label }) => label ?? ''}
        columns={[
          {
            key: 'label',
            header: column,
            cell: ({ label }) => label ?? <span className="text-ink-faint">none</span>,
          },
          { key: 'clips', header: 'Clips', isNumber: true, cell: ({ clips }) => number(clips) },
          ...cuts.map(({ fraction, index }) => ({
            key: String(fraction),
            header: `${percentText(fraction)} dropped`,
            isNumber: true,
            cell: ({ removed, clips }: (typeof rows)[number]) => (
              <>
                {number(removed[index] ?? 0)}{' '}
                <span className="text-ink-faint">{shareText(removed[index] ?? 0, clips)}</span>
              </>
            ),
          })),
        ]}
      />
    </Card>
  ));
}
