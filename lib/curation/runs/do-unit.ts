import { AppError } from '#lib/core/errors.ts';
import { type Prisma, type Transaction, withTransaction } from '#lib/platform/database/client.ts';
import { runWork } from '#lib/platform/database/run-work.ts';
import { leaseLost, type WorkLease } from '#lib/platform/database/work-lease.ts';
import type { ScorerShelf } from '../scorers/scorer-shelf.ts';
import { performUnit } from '../units/perform-unit.ts';
import type { RunPlatform, UnitResult } from '../units/unit.ts';
import type { LoadedRun } from './load-run.ts';
import { CRASH_LIMIT, type PickedUnit } from './pick-unit.ts';

const UNITS = { name: 'curation_unit', stateType: 'WorkState' };
const LOOK_MS = 2_000;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 60_000;
const ROWS_AT_ONCE = 5_000;

export type UnitOutcome = { kind: 'ended' } | { kind: 'crashed'; waitMilliseconds: number };

interface DoUnitOptions {
  signal: AbortSignal;
  scorers: ScorerShelf;
}

/**
 * Does one piece of work and writes down what came out, unless somebody else has it. When the run is
 * paused or cancelled meanwhile, the piece waits again. An error that is no fault of what was given
 * counts; after four the piece has failed.
 *
 * @throws the signal's reason
 */
export async function doUnit(
  platform: RunPlatform,
  run: LoadedRun,
  unit: PickedUnit,
  { signal, scorers }: DoUnitOptions,
): Promise<UnitOutcome> {
  const stopped = new AbortController();
  let share = 0;
  let lease: WorkLease | null = null;
  const look = async () => {
    const state = await lookIn(platform, run.id, lease, share);
    if (state !== 'running') stopped.abort(new Error('The run was stopped.'));
  };
  const timer = setInterval(() => void look().catch(() => undefined), LOOK_MS);
  try {
    await runWork(
      platform,
      { table: UNITS, id: unit.id, signal: AbortSignal.any([signal, stopped.signal]) },
      async (held, either) => {
        lease = held;
        const stage = run.stages[run.stage];
        if (!stage) throw new Error(`The run ${run.id} has no stage ${run.stage}.`);
        const result = await performUnit({
          platform,
          run,
          stage,
          stageIndex: run.stage,
          position: unit.position,
          input: unit.input,
          scorers,
          signal: either,
          onProgress: (done) => {
            share = done;
          },
        });
        await keepResult(platform, run, unit, held, result);
      },
    );
    return { kind: 'ended' };
  } catch (error) {
    signal.throwIfAborted();
    const isTaken = error instanceof AppError && error.data.reason === 'lease-lost';
    if (stopped.signal.aborted || isTaken) return { kind: 'ended' };
    return { kind: 'crashed', waitMilliseconds: await countCrash(platform, unit.id, error) };
  } finally {
    clearInterval(timer);
  }
}

/** Writes how far the piece has come. @returns the run's state */
async function lookIn(
  { database }: RunPlatform,
  runId: number,
  lease: WorkLease | null,
  progress: number,
): Promise<string | undefined> {
  if (lease)
    await database.curationUnit.updateMany({
      where: { id: lease.id, attempt: lease.attempt, state: 'running' },
      data: { progress },
    });
  const row = await database.curationRun.findUnique({
    where: { id: runId },
    select: { state: true },
  });
  return row?.state;
}

/** All that came out is there at once, or nothing of it. */
async function keepResult(
  { database }: RunPlatform,
  run: LoadedRun,
  { position }: PickedUnit,
  lease: WorkLease,
  { output, clips, faults, next = [] }: UnitResult<object>,
): Promise<void> {
  const place = { runId: run.id, step: run.stage };
  await withTransaction(
    async (transaction) => {
      const held = await transaction.curationUnit.updateMany({
        where: { id: lease.id, attempt: lease.attempt, state: 'running' },
        data: { output, clips, faulty: faults.length, progress: 1 },
      });
      if (held.count === 0) throw leaseLost();
      await transaction.curationFault.deleteMany({ where: { ...place, position } });
      for (let at = 0; at < faults.length; at += ROWS_AT_ONCE)
        await transaction.curationFault.createMany({
          data: faults
            .slice(at, at + ROWS_AT_ONCE)
            .map((each) => ({ ...place, position, ...each })),
        });
      await insertUnits(transaction, run.id, run.stage + 1, next);
    },
    { database },
  );
}

/** The pieces of work of a stage, by their inputs; those that are there already stay. */
export async function insertUnits(
  transaction: Transaction,
  runId: number,
  step: number,
  inputs: readonly unknown[],
): Promise<void> {
  for (let at = 0; at < inputs.length; at += ROWS_AT_ONCE)
    await transaction.curationUnit.createMany({
      data: inputs.slice(at, at + ROWS_AT_ONCE).map((input, index) => ({
        runId,
        step,
        position: at + index,
        input: input as Prisma.InputJsonValue,
      })),
      skipDuplicates: true,
    });
}

/** @returns how long to wait before somebody tries again */
async function countCrash({ database }: RunPlatform, id: number, error: unknown): Promise<number> {
  const problem = error instanceof Error ? error.message : String(error);
  const rows = await database.$queryRaw<{ crashes: number }[]>`
    update curation_unit
    set crashes = crashes + 1, problem = ${problem}, progress = 0,
        heartbeat_at = now() + make_interval(secs => least(
          ${FIRST_WAIT_MS / 1000}::float8 * power(2, crashes), ${LONGEST_WAIT_MS / 1000}::float8)),
        state = case when crashes + 1 >= ${CRASH_LIMIT} then 'failed'::"WorkState" else state end,
        finished_at = case when crashes + 1 >= ${CRASH_LIMIT} then now() end
    where id = ${id} and state = 'waiting'
    returning crashes`;
  const crashes = rows[0]?.crashes ?? 0;
  if (crashes === 0 || crashes >= CRASH_LIMIT) return 0;
  return Math.min(FIRST_WAIT_MS * 2 ** (crashes - 1), LONGEST_WAIT_MS);
}
