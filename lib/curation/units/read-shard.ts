import { parquetRows, quoteIdentifier } from '#lib/platform/tables/sql.ts';
import type { Cell, Row } from '#lib/platform/tables/task.ts';
import type { ColumnValue } from '../scorers/scorer.ts';
import { expectGathered } from './gathered.ts';
import { type ScoreOutput, type ShardInput, scoreOutputSchema, type UnitContext } from './unit.ts';

/** A clip of a shard, with what the scorer reads of it. */
export interface ShardClip {
  uid: string;
  /** As the table names it. */
  path: string;
  /** The blob that holds it, where it has one. */
  hash: string | null;
  values: Record<string, ColumnValue>;
}

/**
 * The clips of a shard in the order of their uids, with these columns: of the newest earlier step that
 * has them, else of the table.
 */
export async function readShard(
  { platform, run, stageIndex, position, input, signal }: UnitContext<ShardInput>,
  reads: readonly string[],
): Promise<ShardClip[]> {
  const { columns } = await expectGathered(platform, run);
  const earlier = await platform.database.curationUnit.findMany({
    where: { runId: run.id, position, state: 'done', step: { lt: stageIndex } },
    orderBy: { step: 'asc' },
  });
  const scored = earlier.flatMap(({ step, output }) =>
    run.stages[step]?.kind === 'score' ? [scoreOutputSchema.parse(output)] : [],
  );
  const files = [await platform.blobs.localPath(input.part)];
  const joins: string[] = [];
  const picks = ['b.uid', 'b.path'];
  const { source } = run;
  const hasBlobs = source.kind === 'table' ? source.hasBlobs : true;
  if (hasBlobs && columns.some(({ name }) => name === 'hash')) picks.push('b.hash AS "clip hash"');
  for (const read of reads) {
    const owner = scored.findLastIndex((output) => hasColumn(output, read));
    picks.push(`${owner < 0 ? 'b' : `s${owner}`}.${quoteIdentifier(read)}`);
  }
  for (const [index, output] of scored.entries()) {
    if (!reads.some((read) => hasColumn(output, read))) continue;
    const file = await platform.blobs.localPath(output.hash);
    files.push(file);
    joins.push(`LEFT JOIN ${parquetRows([file])} s${index} ON s${index}.uid = b.uid`);
  }
  const rows = await platform.tables.query(
    `SELECT ${picks.join(', ')} FROM ${parquetRows(files.slice(0, 1))} b ${joins.join(' ')}
     WHERE b.uid BETWEEN $first AND $last ORDER BY b.uid`,
    { files, parameters: { first: input.first, last: input.last }, signal },
  );
  return rows.map((row) => shardClip(row, reads));
}

function hasColumn({ columns }: ScoreOutput, name: string): boolean {
  return columns.some((column) => column.name === name);
}

function shardClip(row: Row, reads: readonly string[]): ShardClip {
  const hash = row['clip hash'];
  return {
    uid: String(row.uid),
    path: String(row.path ?? ''),
    hash: typeof hash === 'string' ? hash : null,
    values: Object.fromEntries(reads.map((read) => [read, columnValue(row[read])])),
  };
}

function columnValue(cell: Cell | undefined): ColumnValue {
  if (Array.isArray(cell)) return Float32Array.from(cell, Number);
  return typeof cell === 'string' || typeof cell === 'number' ? cell : null;
}
