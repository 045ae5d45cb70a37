import { resumeRegistrationsJob } from '#lib/datasets/jobs.ts';
import { resumeRegistrations } from '#lib/datasets/resume-registrations.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { Queue } from '#lib/platform/queue.ts';
import { type Worker, worker } from './runtime.ts';

const EVERY_SECONDS = 60;

/** Takes up registrations whose process has died, every minute whatever the number of workers. */
export function resumeRegistrationsWorker(
  platform: Pick<Platform, 'database' | 'queue' | 'log'>,
): Worker {
  return worker(resumeRegistrationsJob, async () => {
    // First, so that a worker that dies here does not end the chain.
    await askToResumeRegistrations(platform.queue, EVERY_SECONDS);
    const resumed = await resumeRegistrations(platform);
    if (resumed > 0) platform.log.info({ resumed }, 'registrations of dead processes go on');
  });
}

/** Asks for the next look; while one waits already, this does nothing. */
export async function askToResumeRegistrations(
  queue: Pick<Queue, 'enqueue'>,
  startAfterSeconds = 0,
): Promise<void> {
  await queue.enqueue(resumeRegistrationsJob, {}, { singletonKey: 'all', startAfterSeconds });
}
