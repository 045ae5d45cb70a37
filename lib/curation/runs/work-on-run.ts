import { setTimeout as wait } from 'node:timers/promises';
import type { ScorerShelf } from '../scorers/scorer-shelf.ts';
import { faultReason } from '../units/faults.ts';
import { expectScorer } from '../units/score-shard.ts';
import type { RunPlatform } from '../units/unit.ts';
import { advanceRun } from './advance-run.ts';
import { doUnit } from './do-unit.ts';
import { type LoadedRun, loadRun } from './load-run.ts';
import { pickUnit } from './pick-unit.ts';

export interface WorkOnRunOptions {
  signal: AbortSignal;
  scorers: ScorerShelf;
  /** Whether workers are asked to help; otherwise the caller does all of it. */
  askWorkers: boolean;
}

/**
 * How it stands when nothing is left to do here. `busy`: others are at work on what is left of the
 * stage. `gone`: there is no such run any more.
 */
export type RunStanding = 'done' | 'failed' | 'paused' | 'cancelled' | 'busy' | 'gone';

/**
 * Does piece after piece of a run's work until none is left, the run ends or a person stops it. Any
 * number of processes may do so at once, and each may be killed at any time: what comes out is the
 * same.
 *
 * @throws the signal's reason; whatever is wrong with the database or the disk
 */
export async function workOnRun(
  platform: RunPlatform,
  runId: number,
  { signal, scorers, askWorkers }: WorkOnRunOptions,
): Promise<RunStanding> {
  for (;;) {
    signal.throwIfAborted();
    const run = await loadRun(platform, runId);
    if (!run) return 'gone';
    if (run.state === 'waiting') await begin(platform, run);
    else if (run.state !== 'running') return run.state;
    const unit = await pickUnit(platform, run);
    if (!unit) {
      if (await advanceRun(platform, run, { askWorkers })) continue;
      return 'busy';
    }
    if (!(await isReady(platform, run, scorers))) continue;
    const outcome = await doUnit(platform, run, unit, { signal, scorers });
    if (outcome.kind === 'crashed') await wait(outcome.waitMilliseconds, undefined, { signal });
  }
}

async function begin({ database }: RunPlatform, run: LoadedRun): Promise<void> {
  await database.curationRun.updateMany({
    where: { id: run.id, state: 'waiting' },
    data: { state: 'running', startedAt: new Date() },
  });
}

/** Opens the stage's scorer; where that can't be, the whole run stops and says why. */
async function isReady(
  platform: RunPlatform,
  run: LoadedRun,
  scorers: ScorerShelf,
): Promise<boolean> {
  const step = run.stages[run.stage]?.step;
  if (step?.kind !== 'score') return true;
  try {
    await expectScorer({ scorers }, step);
    return true;
  } catch (error) {
    const problem = faultReason(error);
    if (problem === null) throw error;
    await platform.database.curationRun.updateMany({
      where: { id: run.id, state: 'running' },
      data: { state: 'failed', problem, finishedAt: new Date() },
    });
    return false;
  }
}
