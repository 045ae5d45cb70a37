import { resumeSubsetsJob } from '#lib/datasets/manifests/jobs.ts';
import { resumeSubsets } from '#lib/datasets/manifests/resume-subsets.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { Queue } from '#lib/platform/queue.ts';
import { type Worker, worker } from './runtime.ts';

const EVERY_SECONDS = 60;

/** Takes up axes and manifests whose process has died, every minute. */
export function resumeSubsetsWorker(
  platform: Pick<Platform, 'database' | 'queue' | 'log'>,
): Worker {
  return worker(resumeSubsetsJob, async () => {
    // First, so that a worker that dies here does not end the chain.
    await askToResumeSubsets(platform.queue, EVERY_SECONDS);
    const resumed = await resumeSubsets(platform);
    if (resumed > 0) platform.log.info({ resumed }, 'axes and manifests are taken up again');
  });
}

/** Asks for the next look; while one waits already, this does nothing. */
export async function askToResumeSubsets(
  queue: Pick<Queue, 'enqueue'>,
  startAfterSeconds = 0,
): Promise<void> {
  await queue.enqueue(resumeSubsetsJob, {}, { singletonKey: 'all', startAfterSeconds });
}
