import type { Platform } from '#lib/platform/platform.ts';
import { rankStudyJob } from '#lib/reports/jobs.ts';
import { rankStudy } from '#lib/reports/snapshots/rank-study.ts';
import { type Worker, worker } from './runtime.ts';

/** Ranks a study anew after votes came in. */
export function rankStudyWorker(platform: Pick<Platform, 'database' | 'log'>): Worker {
  return worker(rankStudyJob, ({ payload, signal }) =>
    rankStudy(platform, payload.studyId, signal),
  );
}
