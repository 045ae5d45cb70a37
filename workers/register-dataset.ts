import { AppError } from '#lib/core/errors.ts';
import { registerDatasetJob } from '#lib/datasets/jobs.ts';
import { type RegistrationPlatform, runRegistration } from '#lib/datasets/run-registration.ts';
import { type Worker, worker } from './runtime.ts';

/** Registers tables of clips, one at a time. */
export function registerDatasetWorker(platform: RegistrationPlatform): Worker {
  return worker(registerDatasetJob, async ({ payload, signal }) => {
    const outcome = await runRegistration(platform, payload.versionId, { signal });
    if (outcome === 'busy')
      throw new AppError('CONFLICT', 'Another process is at work on this table.');
  });
}
