import { join } from 'node:path';
import type * as z from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { parquetRows, quoteLiteral } from '#lib/platform/tables/sql.ts';
import type { ClipColumn } from '../schema.ts';
import { withStaging } from './staging.ts';
import {
  clipsOutputSchema,
  type gatherOutputSchema,
  type JoinInput,
  type RunPlatform,
  type ShardInput,
  type UnitContext,
  type UnitResult,
} from './unit.ts';
import { PARQUET_OPTIONS } from './write-rows.ts';

/** Files that one statement reads. */
const FILES_AT_ONCE = 500;
const SHARDS_AT_ONCE = 10_000;
/** Clips in a part of the final table where no scorer has divided them. */
const CLIPS_IN_PART = 64_000;

type GatherOutput = z.infer<typeof gatherOutputSchema>;

/**
 * Makes one table of all clips, sorted by uid, and divides it into shards: of a dataset's version,
 * whose parts are sorted already, only the shards.
 *
 * @throws AppError BAD_INPUT where there is no clip
 */
export async function gatherClips(
  context: UnitContext<unknown>,
): Promise<UnitResult<GatherOutput>> {
  const { platform, run, stageIndex, signal } = context;
  const { source } = run;
  const output =
    source.kind === 'table'
      ? { parts: source.parts, columns: source.columns }
      : await sortClips(context);
  const isScored = run.stages[stageIndex + 1]?.kind === 'score';
  const shards: ShardInput[] = [];
  for (const part of output.parts)
    shards.push(
      ...(await divide(platform, part, isScored ? source.shardSize : CLIPS_IN_PART, signal)),
    );
  return {
    output,
    clips: shards.reduce((sum, { clips }) => sum + clips, 0),
    faults: [],
    // Nothing was scored: no shards' results to join.
    next: isScored ? shards : shards.map((shard): JoinInput => ({ ...shard, from: 0, to: -1 })),
  };
}

async function sortClips({
  platform,
  run,
  stageIndex,
  signal,
}: UnitContext<unknown>): Promise<GatherOutput> {
  const units = await platform.database.curationUnit.findMany({
    where: { runId: run.id, step: stageIndex - 1, state: 'done' },
    select: { output: true },
    orderBy: { position: 'asc' },
  });
  const files: string[] = [];
  let columns: ClipColumn[] = [];
  for (const unit of units) {
    const output = clipsOutputSchema.parse(unit.output);
    if (output.hash === null) continue;
    files.push(await platform.blobs.localPath(output.hash));
    columns = output.columns;
  }
  if (files.length === 0)
    throw new AppError('BAD_INPUT', 'No clip came out of the videos; the list of faults says why.');
  return withStaging(platform, async (folder) => {
    const sort = async (inputs: readonly string[], output: string) => {
      const statement = `COPY (FROM ${parquetRows(inputs)} ORDER BY uid)
        TO ${quoteLiteral(output)} ${PARQUET_OPTIONS}`;
      await platform.tables.run([statement], { files: inputs, outputs: [output], signal });
      return output;
    };
    let pending = files;
    for (let round = 0; pending.length > FILES_AT_ONCE; round++) {
      const merged: string[] = [];
      for (let at = 0; at < pending.length; at += FILES_AT_ONCE)
        merged.push(
          await sort(
            pending.slice(at, at + FILES_AT_ONCE),
            join(folder, `${round}-${merged.length}.parquet`),
          ),
        );
      pending = merged;
    }
    const { hash } = await platform.blobs.putFile(await sort(pending, join(folder, 'all.parquet')));
    return { parts: [hash], columns };
  });
}

/** The shards of one part: its clips in the order of their uids, so many at a time. */
async function divide(
  { tables, blobs }: RunPlatform,
  part: string,
  size: number,
  signal: AbortSignal,
): Promise<ShardInput[]> {
  const path = await blobs.localPath(part);
  const shards: ShardInput[] = [];
  for (;;) {
    const rows = await tables.query(
      `SELECT min(uid) AS first, max(uid) AS last, count(*) AS clips
       FROM (SELECT uid, (row_number() OVER (ORDER BY uid) - 1) // ${size} AS shard
             FROM ${parquetRows([path])})
       GROUP BY shard ORDER BY shard LIMIT ${SHARDS_AT_ONCE} OFFSET ${shards.length}`,
      { files: [path], signal, limitSeconds: 600 },
    );
    for (const { first, last, clips } of rows)
      shards.push({ part, first: String(first), last: String(last), clips: Number(clips) });
    if (rows.length < SHARDS_AT_ONCE) return shards;
  }
}
