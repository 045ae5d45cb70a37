import { Card } from '#components/card.tsx';
import { Table } from '#components/table.tsx';
import type { CanonicalColumn, ColumnLineage, VersionDetail } from '#lib/datasets/schema.ts';
import { shareText } from '../value-text.ts';

const KIND_WORDS: Readonly<Record<CanonicalColumn['kind'], string>> = {
  uid: 'name of the clip',
  key: 'key',
  path: 'path',
  number: 'number',
  score: 'score',
  caption: 'caption',
  text: 'text',
};

/** The columns of a table, each with where it came from. */
export function ColumnsCard({ detail }: { detail: VersionDetail }) {
  const { columns, lineage, clips } = detail;
  return (
    <Card
      title="Columns"
      description="Where each column came from. Values that are not finite count as missing."
      isFlush
    >
      <Table
        caption="Columns of the table"
        rows={columns}
        rowKey={({ name }) => name}
        columns={[
          {
            key: 'name',
            header: 'Column',
            cell: ({ name }) => (
              <span className="font-medium [overflow-wrap:anywhere]">{name}</span>
            ),
          },
          { key: 'kind', header: 'Kind', cell: ({ kind }) => KIND_WORDS[kind], isMinor: true },
          {
            key: 'missing',
            header: 'Missing',
            cell: ({ missing, notFinite }) =>
              missing === 0 ? (
                <span className="text-ink-faint">none</span>
              ) : (
                <>
                  {missing.toLocaleString('en')}{' '}
                  <span className="text-ink-faint">({shareText(missing, clips ?? 0)})</span>
                  {notFinite > 0 && (
                    <span className="block text-xs text-ink-faint">
                      {notFinite.toLocaleString('en')} not finite
                    </span>
                  )}
                </>
              ),
            isNumber: true,
          },
          {
            key: 'origin',
            header: 'Where from',
            cell: (column) => <Origin column={column} lineage={lineage[column.name]} />,
          },
        ]}
      />
    </Card>
  );
}

function Origin({
  column,
  lineage,
}: {
  column: CanonicalColumn;
  lineage?: ColumnLineage | undefined;
}) {
  if (!lineage)
    return (
      <span className="text-ink-soft [overflow-wrap:anywhere]">
        {column.from === null ? 'made by Winnow' : `column ${column.from} of the table`}
      </span>
    );
  const models = Object.entries(lineage.models);
  return (
    <details>
      <summary className="text-ink-soft">
        {lineage.scorer}, version {lineage.version}
      </summary>
      <dl className="mt-1 flex flex-col gap-1 text-xs text-ink-faint">
        <dt className="sr-only">Settings</dt>
        <dd>
          <code className="[overflow-wrap:anywhere]">{JSON.stringify(lineage.settings)}</code>
        </dd>
        {models.map(([name, hash]) => (
          <div key={name}>
            <dt className="inline">{name}: </dt>
            <dd className="inline">
              <code className="[overflow-wrap:anywhere]">{hash}</code>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
