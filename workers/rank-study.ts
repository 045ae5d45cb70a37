import type { Platform } from '#lib/platform/platform.ts';
import { rankStudyJob } from '#lib/reports/jobs.ts';
import { rankStudy } from '#lib/reports/snapshots/rank-study.ts';
import { requestReview } from '#lib/studies/quality/request-review.ts';
import { type Worker, worker } from './runtime.ts';

/** Ranks a study anew after votes came in, and asks for a look at its raters. */
export function rankStudyWorker(platform: Pick<Platform, 'database' | 'log' | 'queue'>): Worker {
  return worker(rankStudyJob, async ({ payload, signal }) => {
    await rankStudy(platform, payload.studyId, signal);
    await requestReview(platform, payload.studyId);
  });
}
