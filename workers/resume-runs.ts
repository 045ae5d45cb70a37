import { resumeRunsJob } from '#lib/curation/jobs.ts';
import { resumeRuns } from '#lib/curation/runs/resume-runs.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { Queue } from '#lib/platform/queue.ts';
import { type Worker, worker } from './runtime.ts';

const EVERY_SECONDS = 60;

/** Takes up curation runs that nobody works on, every minute whatever the number of workers. */
export function resumeRunsWorker(platform: Pick<Platform, 'database' | 'queue' | 'log'>): Worker {
  return worker(resumeRunsJob, async () => {
    // First, so that a worker that dies here does not end the chain.
    await askToResumeRuns(platform.queue, EVERY_SECONDS);
    const resumed = await resumeRuns(platform);
    if (resumed > 0) platform.log.info({ resumed }, 'curation runs are taken up again');
  });
}

/** Asks for the next look; while one waits already, this does nothing. */
export async function askToResumeRuns(
  queue: Pick<Queue, 'enqueue'>,
  startAfterSeconds = 0,
): Promise<void> {
  await queue.enqueue(resumeRunsJob, {}, { singletonKey: 'all', startAfterSeconds });
}
