import { Card } from '#components/card.tsx';
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
      <ul className="divide-y divide-line border-t border-line text-sm">
        {rowsOf(result).map((row) => (
          <li
            key={row.columns.join(' ')}
            className="grid gap-x-6 gap-y-1 px-5 py-3 md:grid-cols-[3fr_1fr_2fr]"
          >
            <span className="font-mono text-xs leading-5 text-ink [overflow-wrap:anywhere]">
              {row.columns.join(', ')}
            </span>
            <span>{`${row.scorer}, version ${row.version}`}</span>
            <Details row={row} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Details({ row }: { row: Row }) {
  const models = Object.entries(row.models);
  return (
    <details className="min-w-0 text-ink-soft">
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
function rowsOf({ lineage, columns, vectors }: RunResult): Row[] {
  const rows = new Map<string, Row>();
  for (const column of [...columns.map(({ name }) => name), ...vectors]) {
    const origin = lineage[column];
    if (!origin) continue;
    const key = JSON.stringify(origin);
    const row = rows.get(key) ?? { ...origin, columns: [] };
    row.columns.push(column);
    rows.set(key, row);
  }
  return [...rows.values()];
}
