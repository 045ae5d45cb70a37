import type { Platform } from '#lib/platform/platform.ts';
import { parquetRows, quoteIdentifier } from '#lib/platform/tables/sql.ts';

/** For each of these columns how many rows have no value. */
export async function countMissing(
  { tables }: Pick<Platform, 'tables'>,
  files: readonly string[],
  names: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const counts = names.map(
    (name) => `count(*) - count(${quoteIdentifier(name)}) AS ${quoteIdentifier(name)}`,
  );
  const [row = {}] = await tables.query(`SELECT ${counts.join(', ')} FROM ${parquetRows(files)}`, {
    files,
    signal,
    limitSeconds: 600,
  });
  return new Map(names.map((name) => [name, Number(row[name] ?? 0)]));
}
