import { join } from 'node:path';
import type * as z from 'zod';
import { parquetRows, quoteIdentifier, quoteLiteral } from '#lib/platform/tables/sql.ts';
import type { StoredStep } from '../schema.ts';
import { scorerOf } from '../scorers/scorer-of.ts';
import { expectGathered } from './gathered.ts';
import { joinedColumns } from './joined-columns.ts';
import { withStaging } from './staging.ts';
import {
  type JoinInput,
  type joinOutputSchema,
  scoreOutputSchema,
  type UnitContext,
  type UnitResult,
} from './unit.ts';
import { PARQUET_OPTIONS } from './write-rows.ts';

/** Joins a stretch of the clips with what every scorer found about them; vectors go apart. */
export async function joinPart({
  platform,
  run,
  input,
  signal,
}: UnitContext<JoinInput>): Promise<UnitResult<z.infer<typeof joinOutputSchema>>> {
  const { columns } = await expectGathered(platform, run);
  const { table, vectors } = joinedColumns(columns, run.stages);
  const part = await platform.blobs.localPath(input.part);
  const files = [part];
  const joins: string[] = [];
  for (const [step, stage] of run.stages.entries()) {
    if (stage.kind !== 'score' || stage.step === null) continue;
    const units = await platform.database.curationUnit.findMany({
      where: {
        runId: run.id,
        step,
        state: 'done',
        position: { gte: input.from, lte: input.to },
      },
      select: { output: true },
      orderBy: { position: 'asc' },
    });
    const paths: string[] = [];
    for (const { output } of units)
      paths.push(await platform.blobs.localPath(scoreOutputSchema.parse(output).hash));
    files.push(...paths);
    const rows = paths.length > 0 ? parquetRows(paths) : noRows(stage.step);
    joins.push(`LEFT JOIN ${rows} s${step} ON s${step}.uid = b.uid`);
  }
  const select = (picks: readonly string[]) =>
    `SELECT ${picks.join(', ')} FROM ${parquetRows([part])} b ${joins.join(' ')}
     WHERE b.uid BETWEEN $first AND $last ORDER BY b.uid`;
  const picked = (names: readonly { name: string; stage: number | null }[]) =>
    names.map(
      ({ name, stage }) => `${stage === null ? 'b' : `s${stage}`}.${quoteIdentifier(name)}`,
    );
  const parameters = { first: input.first, last: input.last };
  return withStaging(platform, async (folder) => {
    const write = async (name: string, picks: readonly string[]) => {
      const output = join(folder, name);
      await platform.tables.run(
        [`COPY (${select(picks)}) TO ${quoteLiteral(output)} ${PARQUET_OPTIONS}`],
        { files, outputs: [output], parameters, signal },
      );
      return (await platform.blobs.putFile(output)).hash;
    };
    const hash = await write('clips.parquet', picked(table));
    const vectorHash =
      vectors.length > 0 ? await write('vectors.parquet', ['b.uid', ...picked(vectors)]) : null;
    return { output: { hash, vectorHash }, clips: input.clips, faults: [] };
  });
}

/** What stands in for a scorer all of whose shards were left out. */
function noRows(step: StoredStep): string {
  const { scorer, settings } = scorerOf(step);
  const names = ['uid', ...scorer.columns(settings).map(({ name }) => name)];
  return `(SELECT ${names.map((name) => `NULL AS ${quoteIdentifier(name)}`).join(', ')} WHERE false)`;
}
