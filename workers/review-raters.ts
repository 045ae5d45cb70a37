import type { Platform } from '#lib/platform/platform.ts';
import { reviewRatersJob } from '#lib/studies/jobs.ts';
import { reviewRaters } from '#lib/studies/quality/review-raters.ts';
import { type Worker, worker } from './runtime.ts';

/** Looks at how a study's raters answer. */
export function reviewRatersWorker(platform: Pick<Platform, 'database' | 'log'>): Worker {
  return worker(reviewRatersJob, ({ payload, signal }) =>
    reviewRaters(platform, payload.studyId, signal),
  );
}
