import { type Transaction, withTransaction } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { takeInRunJob } from '../jobs.ts';
import { type JoinInput, type RunPlatform, shardInputSchema } from '../units/unit.ts';
import { askLanes } from './ask-lanes.ts';
import { insertUnits } from './do-unit.ts';
import type { LoadedRun } from './load-run.ts';
import { readResult } from './read-result.ts';

/** Shards whose results are joined into one part of the final table. */
const SHARDS_IN_PART = 1_000;

/**
 * Takes a run whose stage has no piece of work left to its next stage, or to its end. Where something
 * failed it stops, once everything else of the stage is done.
 *
 * @returns false where others are still at work on the stage
 */
export async function advanceRun(
  platform: Pick<RunPlatform, 'database' | 'queue'>,
  run: LoadedRun,
  { askWorkers }: { askWorkers: boolean },
): Promise<boolean> {
  return withTransaction(
    async (transaction) => {
      const rows = await transaction.$queryRaw<{ stage: number; state: string }[]>`
        select stage, state from curation_run where id = ${run.id} for update`;
      const row = rows[0];
      // Somebody else was faster.
      if (row?.state !== 'running' || row.stage !== run.stage) return true;
      const units = await transaction.curationUnit.groupBy({
        by: ['state'],
        where: { runId: run.id, step: run.stage },
        _count: true,
      });
      const has = (state: string) => units.some((unit) => unit.state === state);
      if (has('waiting') || has('running')) return false;
      if (has('failed')) await stopAsFailed(transaction, run);
      else if (run.stage + 1 < run.stages.length) {
        await openStage(transaction, run);
        if (askWorkers) await askLanes(platform, run.id, transaction);
      } else await end(platform, transaction, run);
      return true;
    },
    { database: platform.database },
  );
}

async function stopAsFailed(transaction: Transaction, run: LoadedRun): Promise<void> {
  const where = { runId: run.id, step: run.stage, state: 'failed' as const };
  const failed = await transaction.curationUnit.count({ where });
  const first = await transaction.curationUnit.findFirst({ where, orderBy: { position: 'asc' } });
  const problem = first?.problem ?? 'A piece of work failed.';
  await fail(transaction, run, failed === 1 ? problem : `${failed} pieces failed. ${problem}`);
}

async function fail(transaction: Transaction, run: LoadedRun, problem: string): Promise<void> {
  await transaction.curationRun.update({
    where: { id: run.id },
    data: { state: 'failed', problem, finishedAt: new Date() },
  });
}

async function openStage(transaction: Transaction, run: LoadedRun): Promise<void> {
  const next = run.stage + 1;
  const here = run.stages[run.stage];
  const there = run.stages[next];
  if (there?.kind === 'gather') await insertUnits(transaction, run.id, next, [{}]);
  if (here?.kind === 'score' && there?.kind === 'score')
    await transaction.$executeRaw`
      insert into curation_unit (run_id, step, position, input)
      select run_id, ${next}, position, input from curation_unit
      where run_id = ${run.id} and step = ${run.stage}
      on conflict do nothing`;
  if (here?.kind === 'score' && there?.kind === 'join')
    await insertUnits(transaction, run.id, next, await joinInputs(transaction, run));
  await transaction.curationRun.update({ where: { id: run.id }, data: { stage: next } });
}

/** Stretches of shards that lie side by side in one part. */
async function joinInputs(transaction: Transaction, run: LoadedRun): Promise<JoinInput[]> {
  const units = await transaction.curationUnit.findMany({
    where: { runId: run.id, step: run.stage },
    select: { position: true, input: true },
    orderBy: { position: 'asc' },
  });
  const joins: JoinInput[] = [];
  for (const { position, input } of units) {
    const shard = shardInputSchema.parse(input);
    const open = joins.at(-1);
    if (open?.part === shard.part && position - open.from < SHARDS_IN_PART) {
      open.to = position;
      open.last = shard.last;
      open.clips += shard.clips;
    } else joins.push({ ...shard, from: position, to: position });
  }
  return joins;
}

async function end(
  { queue }: Pick<Platform, 'queue'>,
  transaction: Transaction,
  run: LoadedRun,
): Promise<void> {
  const result = await readResult(transaction, run);
  if ('problem' in result) return fail(transaction, run, result.problem);
  await transaction.curationRun.update({
    where: { id: run.id },
    data: { state: 'done', result, finishedAt: new Date(), problem: null },
  });
  await queue.enqueue(
    takeInRunJob,
    { runId: run.id },
    { singletonKey: String(run.id), transaction },
  );
}
