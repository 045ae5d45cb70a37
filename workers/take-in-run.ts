import { takeInRunJob } from '#lib/curation/jobs.ts';
import { takeInRun } from '#lib/datasets/take-in-run.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { type Worker, worker } from './runtime.ts';

const WORKER = { kind: 'system', name: 'worker' } as const;

/** Makes a dataset's next version of what a curation run has come to. */
export function takeInRunWorker(
  platform: Pick<Platform, 'database' | 'blobs' | 'tables' | 'environment'>,
): Worker {
  return worker(takeInRunJob, async ({ payload, signal }) => {
    await takeInRun(platform, WORKER, payload.runId, signal);
  });
}
