import { resumeImportsJob } from '#lib/generation/jobs.ts';
import { resumeImports } from '#lib/generation/resume-imports.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { Queue } from '#lib/platform/queue.ts';
import { type Worker, worker } from './runtime.ts';

const EVERY_SECONDS = 60;

/** Takes up imports whose process has died, every minute whatever the number of workers. */
export function resumeImportsWorker(
  platform: Pick<Platform, 'database' | 'queue' | 'log'>,
): Worker {
  return worker(resumeImportsJob, async () => {
    // First, so that a worker that dies here does not end the chain.
    await askToResumeImports(platform.queue, EVERY_SECONDS);
    const resumed = await resumeImports(platform);
    if (resumed > 0) platform.log.info({ resumed }, 'imports of dead processes are taken up again');
  });
}

/** Asks for the next look; while one waits already, this does nothing. */
export async function askToResumeImports(
  queue: Pick<Queue, 'enqueue'>,
  startAfterSeconds = 0,
): Promise<void> {
  await queue.enqueue(resumeImportsJob, {}, { singletonKey: 'all', startAfterSeconds });
}
