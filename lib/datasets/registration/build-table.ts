import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { parquetRows, quoteIdentifier } from '#lib/platform/tables/sql.ts';
import { countMissing } from '../canonical/count-missing.ts';
import { type CanonicalTable, writeParts } from '../canonical/write-parts.ts';
import { canonicalFiles } from '../canonical-files.ts';
import type { CanonicalColumn } from '../schema.ts';
import type { SourceFile } from '../sources/source-file.ts';
import type { PlannedColumn } from './plan-columns.ts';
import { PLACE_COLUMNS } from './stage-statement.ts';

export interface BuildInput {
  /** The staged files. */
  rows: readonly string[];
  files: readonly SourceFile[];
  planned: readonly PlannedColumn[];
  notFinite: ReadonlyMap<string, number>;
  folder: string;
  signal: AbortSignal;
  onRows(phase: 'sorting' | 'writing', rows: number): Promise<void>;
}

/**
 * Makes the canonical table of the staged rows that break no rule.
 *
 * @throws AppError BAD_INPUT where a clip is there twice, with both places
 */
export async function buildTable(
  platform: Pick<Platform, 'tables' | 'blobs'>,
  { rows, files, planned, notFinite, folder, signal, onRows }: BuildInput,
): Promise<CanonicalTable & { columns: CanonicalColumn[] }> {
  const selected = planned.map(({ name, type }) => {
    const column = quoteIdentifier(name);
    if (type === 'VARCHAR') return column;
    // What is no finite number counts as missing.
    return `CAST(CASE WHEN isfinite(${column}) THEN ${column} END AS ${type}) AS ${column}`;
  });
  const keyName = planned.some(({ kind }) => kind === 'key') ? 'key' : 'path';
  const table = await writeParts(platform, {
    statement: `SELECT ${[...selected, ...PLACE_COLUMNS].join(', ')} FROM ${parquetRows(rows)}
      WHERE _fault IS NULL`,
    files: rows,
    columns: planned,
    extra: PLACE_COLUMNS,
    duplicate: (twice) => namedDuplicate(twice, files, keyName),
    folder,
    signal,
    onRows,
  });
  const parts = await canonicalFiles(platform, table);
  const names = planned.map(({ name }) => name);
  const missing = await countMissing(platform, parts, names, signal);
  return {
    ...table,
    columns: planned.map((column) => ({
      ...column,
      missing: missing.get(column.name) ?? 0,
      notFinite: notFinite.get(column.name) ?? 0,
    })),
  };
}

function namedDuplicate(
  rows: readonly Record<string, unknown>[],
  files: readonly SourceFile[],
  keyName: string,
): AppError {
  const [first, second] = rows;
  const place = (row: Record<string, unknown> | undefined) =>
    `row ${row?._row} of ${files[Number(row?._file)]?.name}`;
  const more = new Set(rows.map(({ uid }) => uid)).size - 1;
  return new AppError(
    'BAD_INPUT',
    `The clip "${first?.[keyName]}" is there twice: ${place(first)} and ${place(second)}${
      more === 0 ? '' : `; ${more} others are too`
    }. Each clip may be in the table once; map another key where the ${keyName} does not tell clips apart.`,
    { reason: 'duplicate-key' },
  );
}
