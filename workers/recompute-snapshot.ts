import type { Platform } from '#lib/platform/platform.ts';
import { recomputeSnapshotJob } from '#lib/reports/jobs.ts';
import { finishRecompute } from '#lib/reports/snapshots/request-recompute.ts';
import { type Worker, worker } from './runtime.ts';

/** Computes a snapshot again, for people who want to see that its numbers hold. */
export function recomputeSnapshotWorker(platform: Pick<Platform, 'database' | 'clock'>): Worker {
  return worker(recomputeSnapshotJob, ({ payload, signal }) =>
    finishRecompute(platform, payload.checkId, signal),
  );
}
