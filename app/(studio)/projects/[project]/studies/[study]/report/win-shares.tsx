import { Table } from '#components/table.tsx';
import type { Snapshot } from '#lib/reports/schema.ts';

/** The numbers behind the matrix, for those who can't see it and those who copy it. */
export function WinShares({ snapshot }: { snapshot: Snapshot }) {
  return (
    <details className="mt-4 text-sm">
      <summary className="w-fit rounded-sm text-ink-soft hover:text-ink">Show as a table</summary>
      <Table
        className="mt-3"
        caption="Votes of each pair of arms"
        rows={snapshot.pairs}
        rowKey={(pair) => `${pair.a}\n${pair.b}`}
        columns={[
          { key: 'a', header: 'Arm a', cell: (pair) => pair.a },
          { key: 'b', header: 'Arm b', cell: (pair) => pair.b },
          { key: 'aWins', header: 'a better', cell: (pair) => pair.aWins, isNumber: true },
          { key: 'ties', header: 'tie', cell: (pair) => pair.ties, isNumber: true },
          { key: 'bWins', header: 'b better', cell: (pair) => pair.bWins, isNumber: true },
        ]}
      />
    </details>
  );
}
