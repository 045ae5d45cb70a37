'use client';

import { Card } from '#components/card.tsx';
import { Table } from '#components/table.tsx';
import type { Overlap } from '#lib/datasets/axes/schema.ts';
import { shareText } from '../../../value-text.ts';

/** How many clips the subsets of this axis share with those of others, and with its random drops. */
export function OverlapTable({ overlaps }: { overlaps: readonly Overlap[] }) {
  const number = (value: number) => value.toLocaleString('en');
  // Whole samples say nothing, and of one axis each subset holds the next.
  const rows = overlaps.filter(({ clipsA, clipsB, both }) => both < clipsA && both < clipsB);
  if (rows.length === 0) return null;
  return (
    <Card
      title="Overlap"
      description="With the subsets of the other axes and the random drops. Within an axis each subset holds the next one."
      isFlush
    >
      <Table
        caption="Overlap of subsets"
        className="max-h-120 overflow-y-auto"
        rows={rows}
        rowKey={({ a, b }) => `${a} ${b}`}
        columns={[
          { key: 'a', header: 'Subset', cell: ({ a }) => a },
          { key: 'b', header: 'and', cell: ({ b }) => b },
          { key: 'both', header: 'In both', isNumber: true, cell: ({ both }) => number(both) },
          {
            key: 'share',
            header: 'Of the first',
            isNumber: true,
            isMinor: true,
            cell: ({ both, clipsA }) => shareText(both, clipsA),
          },
          {
            key: 'shareB',
            header: 'Of the second',
            isNumber: true,
            isMinor: true,
            cell: ({ both, clipsB }) => shareText(both, clipsB),
          },
          {
            key: 'jaccard',
            header: 'Jaccard',
            isNumber: true,
            cell: ({ jaccard }) => jaccard.toFixed(3),
          },
        ]}
      />
    </Card>
  );
}
