import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { parquetRows, quoteIdentifier, quoteLiteral } from '#lib/platform/tables/sql.ts';
import type { CanonicalColumn } from '../schema.ts';

/** Rows of one part: the last one may have fewer. */
const ROWS_PER_PART = 2_000_000;
/** Duplicates that are named when there are some. */
const NAMED_DUPLICATES = 20;

export interface CanonicalTable {
  hash: string;
  parts: string[];
  clips: number;
  bytes: number;
}

export interface PartsInput {
  /** A SELECT that gives all columns, in any order of rows; may give more columns, by `extra`. */
  statement: string;
  /** What it reads. */
  files: readonly string[];
  columns: readonly Pick<CanonicalColumn, 'name' | 'kind' | 'type'>[];
  /** Columns that are kept while sorting, to name the places of two clips with one uid. */
  extra?: readonly string[];
  /** The error for two clips with one uid, from their rows; by default one that names the uid. */
  duplicate?: (rows: readonly Record<string, unknown>[]) => AppError;
  folder: string;
  signal: AbortSignal;
  /** Called as each part is written. */
  onRows?: (phase: 'sorting' | 'writing', rows: number) => Promise<void>;
  rowsPerPart?: number;
}

/**
 * Writes a canonical table: rows sorted by uid, in parts of equal numbers of rows, as Parquet blobs.
 * Equal rows give equal bytes, whatever their order was.
 *
 * @throws AppError BAD_INPUT for two rows with one uid, or for no rows
 */
export async function writeParts(
  platform: Pick<Platform, 'tables' | 'blobs'>,
  input: PartsInput,
): Promise<CanonicalTable> {
  const { tables, blobs } = platform;
  const { columns, signal, folder, onRows = async () => {} } = input;
  const rowsPerPart = input.rowsPerPart ?? ROWS_PER_PART;
  const sorted = join(folder, 'sorted.parquet');
  await onRows('sorting', 0);
  const kept = [...columns.map(({ name }) => name), ...(input.extra ?? [])].map(quoteIdentifier);
  await tables.run(
    [
      `COPY (SELECT ${kept.join(', ')} FROM (${input.statement}) ORDER BY uid)
       TO ${quoteLiteral(sorted)} (FORMAT parquet)`,
    ],
    { files: input.files, outputs: [sorted], signal },
  );
  const reading = { files: [sorted], signal, limitSeconds: 600 };
  const starts = await tables.query(
    `SELECT uid FROM read_parquet(${quoteLiteral(sorted)}, file_row_number = true)
     WHERE file_row_number % ${rowsPerPart} = 0 ORDER BY file_row_number`,
    reading,
  );
  const uids = [...new Set(starts.map(({ uid }) => String(uid)))];
  if (uids.length === 0) throw new AppError('BAD_INPUT', 'The table has no clips.');
  const names = columns.map(({ name }) => quoteIdentifier(name)).join(', ');
  const parts: string[] = [];
  let clips = 0;
  let bytes = 0;
  for (const [index, start] of uids.entries()) {
    const end = uids[index + 1];
    const within = `${parquetRows([sorted])} WHERE uid >= ${quoteLiteral(start)}${
      end === undefined ? '' : ` AND uid < ${quoteLiteral(end)}`
    }`;
    const twice = await tables.query(
      `SELECT * FROM ${parquetRows([sorted])} WHERE uid IN
         (SELECT uid FROM ${within} GROUP BY uid HAVING count(*) > 1 ORDER BY uid LIMIT ${NAMED_DUPLICATES})
       ORDER BY ${['uid', ...(input.extra ?? []).map(quoteIdentifier)].join(', ')} LIMIT 200`,
      reading,
    );
    if (twice.length > 0) throw (input.duplicate ?? twoOfOne)(twice);
    const part = join(folder, `part-${index}.parquet`);
    const [rows = 0] = await tables.run(
      [
        `COPY (SELECT ${names} FROM ${within} ORDER BY uid) TO ${quoteLiteral(part)}
         (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)`,
      ],
      { files: [sorted], outputs: [part], signal },
    );
    const blob = await blobs.putFile(part);
    await rm(part);
    parts.push(blob.hash);
    clips += rows;
    bytes += blob.bytes;
    await onRows('writing', clips);
  }
  return { hash: hashOf(columns, parts), parts, clips, bytes };
}

/** SHA-256 over the columns (name, kind, type, in order) and the hashes of the parts. */
function hashOf(
  columns: readonly Pick<CanonicalColumn, 'name' | 'kind' | 'type'>[],
  parts: readonly string[],
): string {
  const text = JSON.stringify({
    columns: columns.map(({ name, kind, type }) => [name, kind, type]),
    parts,
  });
  return createHash('sha256').update(text).digest('hex');
}

function twoOfOne(rows: readonly Record<string, unknown>[]): AppError {
  return new AppError(
    'BAD_INPUT',
    `Two clips have the uid ${rows[0]?.uid}; each clip may be in the table once.`,
    { reason: 'duplicate-key' },
  );
}
