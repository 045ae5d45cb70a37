import type { Platform } from '#lib/platform/platform.ts';
import { watchStudyJob } from '#lib/studies/jobs.ts';
import { watchStudy } from '#lib/studies/watch/watch-study.ts';
import { type Worker, worker } from './runtime.ts';

/** Looks at a study's votes after some came in. */
export function watchStudyWorker(
  platform: Pick<Platform, 'database' | 'clock' | 'queue' | 'log'>,
): Worker {
  return worker(watchStudyJob, ({ payload, signal }) =>
    watchStudy(platform, payload.studyId, signal),
  );
}
