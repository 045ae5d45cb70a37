import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Platform } from '#lib/platform/platform.ts';
import { quoteIdentifier, quoteLiteral } from '#lib/platform/tables/sql.ts';
import { withStaging } from './staging.ts';

/** A column of a Parquet file that a piece of work writes. */
export interface RowColumn {
  name: string;
  type: 'VARCHAR' | 'DOUBLE' | 'BIGINT' | 'FLOAT[]';
}
export type RowValue = string | number | Float32Array | null;
export type ClipRow = Record<string, RowValue>;

/** How all tables of a run are written: the same rows give the same bytes. */
export const PARQUET_OPTIONS = '(FORMAT parquet, COMPRESSION zstd)';

/**
 * Writes rows as a Parquet blob, sorted by `uid`, which is one of the columns.
 *
 * @returns the blob's hash
 */
export async function writeRows(
  platform: Pick<Platform, 'tables' | 'blobs' | 'environment'>,
  columns: readonly RowColumn[],
  rows: readonly ClipRow[],
  signal: AbortSignal,
): Promise<string> {
  return withStaging(platform, async (folder) => {
    const lines = join(folder, 'rows.jsonl');
    const output = join(folder, 'rows.parquet');
    await writeLines(lines, columns, rows);
    const types = columns.map(({ name, type }) => `${quoteLiteral(name)}: ${quoteLiteral(type)}`);
    const names = columns.map(({ name }) => quoteIdentifier(name)).join(', ');
    await platform.tables.run(
      [
        `COPY (SELECT ${names} FROM read_json(${quoteLiteral(lines)}, format = 'newline_delimited',
           maximum_object_size = ${LONGEST_LINE}, columns = {${types.join(', ')}}) ORDER BY uid)
         TO ${quoteLiteral(output)} ${PARQUET_OPTIONS}`,
      ],
      { files: [lines], outputs: [output], signal },
    );
    return (await platform.blobs.putFile(output)).hash;
  });
}

/** Bytes: several vectors of some thousand numbers. */
const LONGEST_LINE = 64 * 1024 ** 2;

async function writeLines(
  path: string,
  columns: readonly RowColumn[],
  rows: readonly ClipRow[],
): Promise<void> {
  const file = await open(path, 'wx');
  try {
    for (const row of rows) {
      const line = columns.map(({ name }) => [name, jsonValue(row[name] ?? null)]);
      await file.write(`${JSON.stringify(Object.fromEntries(line))}\n`);
    }
  } finally {
    await file.close();
  }
}

/** A number that is not finite counts as missing. */
function jsonValue(value: RowValue): string | number | (number | null)[] | null {
  if (value instanceof Float32Array) return value.every(Number.isFinite) ? Array.from(value) : null;
  if (typeof value === 'number' && !Number.isFinite(value)) return null;
  return value;
}
