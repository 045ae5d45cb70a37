import { Card } from '#components/card.tsx';
import { Table } from '#components/table.tsx';
import type { ColumnOrigin, RunResult } from '#lib/curation/schema.ts';

interface Row extends ColumnOrigin {
  columns: string[];
}

/** What made each column: the scorer, its version, its settings and the hashes of its models. */
export function LineageTable({ result }: { result: RunResult }) {
  return (
    <Card
      title="Where the columns come from"
      description="Enough to make each of them again."
      isFlush
    >
      <Table
        caption="Origin of the columns"
        rows={rowsOf(result)}
        rowKey={({ columns }) => columns.join(' ')}
        columns={[
          {
            key: 'columns',
            header: 'Columns',
            cell: ({ columns }) => (
              <span className="font-mono text-xs [overflow-wrap:anywhere]">
                {columns.join(', ')}
              </span>
            ),
          },
          {
            key: 'scorer',
            header: 'Made by',
            cell: ({ scorer, version }) => (
              <span className="whitespace-nowrap">{`${scorer}, version ${version}`}</span>
            ),
          },
          { key: 'details', header: 'Settings and models', cell: (row) => <Details row={row} /> },
        ]}
      />
    </Card>
  );
}

function Details({ row }: { row: Row }) {
  const models = Object.entries(row.models);
  return (
    <details className="min-w-48 text-ink-soft">
      <summary className="cursor-pointer rounded-sm hover:text-ink">
        {models.length === 0
          ? 'Settings'
          : `Settings, ${models.length} ${models.length === 1 ? 'model file' : 'model files'}`}
      </summary>
      <pre className="mt-2 max-w-lg overflow-x-auto rounded-lg bg-sunken p-3 text-xs">
        {JSON.stringify(row.settings, null, 2)}
      </pre>
      {models.map(([name, hash]) => (
        <p key={name} className="mt-2 max-w-lg text-xs [overflow-wrap:anywhere]">
          {name}: <span className="font-mono">{hash}</span>
        </p>
      ))}
    </details>
  );
}

/** Columns of one origin stand together. */
function rowsOf({ lineage }: RunResult): Row[] {
  const rows = new Map<string, Row>();
  for (const [column, origin] of Object.entries(lineage)) {
    const key = JSON.stringify(origin);
    const row = rows.get(key) ?? { ...origin, columns: [] };
    row.columns.push(column);
    rows.set(key, row);
  }
  return [...rows.values()];
}
