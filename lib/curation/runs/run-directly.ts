import { availableParallelism } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { Actor } from '#lib/accounts/actor.ts';
import type { RunDetail } from '../schema.ts';
import { createScorerShelf } from '../scorers/scorer-shelf.ts';
import type { RunPlatform } from '../units/unit.ts';
import type { RunAddress } from './find-run.ts';
import { getRun } from './get-run.ts';
import { type RunStanding, workOnRun } from './work-on-run.ts';

const LOOK_AGAIN_MS = 500;
const MOST_AT_ONCE = 4;

export interface DirectOptions {
  signal: AbortSignal;
  onProgress?: (progress: RunDetail) => void;
  /** Pieces of work at a time; by default as many as the machine has cores, at most four. */
  concurrency?: number;
}

/**
 * Does a run in this process and waits for its end. Where others are at work on it as well, the work
 * is shared.
 *
 * @returns the run as it ended: `done`, `failed`, `paused` or `cancelled`
 */
export async function runDirectly(
  platform: RunPlatform,
  actor: Actor,
  address: RunAddress,
  {
    signal,
    onProgress = () => {},
    concurrency = Math.min(availableParallelism(), MOST_AT_ONCE),
  }: DirectOptions,
): Promise<RunDetail> {
  const { id } = await platform.database.curationRun.findFirstOrThrow({
    where: { slug: address.run, project: { slug: address.project } },
    select: { id: true },
  });
  const ended = new AbortController();
  const either = AbortSignal.any([signal, ended.signal]);
  const scorers = createScorerShelf(platform);
  const reporting = report(platform, actor, address, either, onProgress);
  const lane = async (): Promise<RunStanding> => {
    for (;;) {
      const standing = await workOnRun(platform, id, {
        signal: either,
        scorers,
        askWorkers: false,
      });
      if (standing !== 'busy') return standing;
      await wait(LOOK_AGAIN_MS, undefined, { signal: either });
    }
  };
  const lanes = Array.from({ length: concurrency }, () =>
    lane().catch((error: unknown) => {
      ended.abort(error);
      throw error;
    }),
  );
  try {
    await Promise.allSettled(lanes);
    await Promise.all(lanes);
  } finally {
    ended.abort();
    await reporting;
    await scorers.close();
  }
  const detail = await getRun(platform, actor, address);
  onProgress(detail);
  return detail;
}

async function report(
  platform: RunPlatform,
  actor: Actor,
  address: RunAddress,
  ended: AbortSignal,
  onProgress: (progress: RunDetail) => void,
): Promise<void> {
  while (!ended.aborted) {
    onProgress(await getRun(platform, actor, address));
    await wait(LOOK_AGAIN_MS, undefined, { signal: ended }).catch(() => undefined);
  }
}
