import type { Platform } from '#lib/platform/platform.ts';
import type { Queue } from '#lib/platform/queue.ts';
import { expireLeases } from '#lib/studies/rating/expire-leases.ts';
import { expireLeasesJob } from '#lib/studies/rating/jobs.ts';
import { type Worker, worker } from './runtime.ts';

const EVERY_SECONDS = 60;

/** Takes back leases whose time is over, every minute whatever the number of workers. */
export function expireLeasesWorker(
  platform: Pick<Platform, 'database' | 'clock' | 'queue'>,
): Worker {
  return worker(expireLeasesJob, async ({ signal }) => {
    // First, so that a worker that dies here does not end the chain.
    await askToExpireLeases(platform.queue, EVERY_SECONDS);
    await expireLeases(platform, {}, signal);
  });
}

/** Asks for the next run; while one waits already, this does nothing. */
export async function askToExpireLeases(
  queue: Pick<Queue, 'enqueue'>,
  startAfterSeconds = 0,
): Promise<void> {
  await queue.enqueue(expireLeasesJob, {}, { singletonKey: 'all', startAfterSeconds });
}
