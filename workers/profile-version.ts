import { profileVersionJob } from '#lib/datasets/profile/jobs.ts';
import { keepProfile } from '#lib/datasets/profile/keep-profile.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { type Worker, worker } from './runtime.ts';

/** Describes dataset versions, one at a time. */
export function profileVersionWorker(
  platform: Pick<Platform, 'database' | 'blobs' | 'tables'>,
): Worker {
  return worker(profileVersionJob, ({ payload, signal }) =>
    keepProfile(platform, payload.versionId, signal),
  );
}
