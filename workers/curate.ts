import { availableParallelism } from 'node:os';
import { curateJob } from '#lib/curation/jobs.ts';
import { workOnRun } from '#lib/curation/runs/work-on-run.ts';
import { createScorerShelf } from '#lib/curation/scorers/scorer-shelf.ts';
import { sweepStaging } from '#lib/curation/units/staging.ts';
import type { RunPlatform } from '#lib/curation/units/unit.ts';
import { type Worker, worker } from './runtime.ts';

const MOST_AT_ONCE = 4;

/** Helps with curation runs, piece by piece; the scorers that are open serve all of them. */
export function curateWorker(platform: RunPlatform): Worker {
  const scorers = createScorerShelf(platform);
  return worker(
    curateJob,
    async ({ payload, signal }) => {
      await sweepStaging(platform, Date.now());
      await workOnRun(platform, payload.runId, { signal, scorers, askWorkers: true });
    },
    { concurrency: Math.min(availableParallelism(), MOST_AT_ONCE) },
  );
}
