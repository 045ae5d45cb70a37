import type { Logger } from 'pino';
import type { JobDefinition } from '#lib/core/jobs.ts';
import type { JobAttempt, Queue } from '#lib/platform/queue.ts';

/** One kind of job and what does it; `register` puts it onto a queue. */
export interface Worker {
  readonly name: string;
  register(queue: Pick<Queue, 'work'>): Promise<void>;
}

/** Joins a job's definition with its handler; each file of this folder exports one. */
export function worker<Payload extends object>(
  job: JobDefinition<Payload>,
  handle: (attempt: JobAttempt<Payload>) => Promise<void>,
  options: { concurrency?: number } = {},
): Worker {
  return { name: job.name, register: (queue) => queue.work(job, handle, options) };
}

export interface RuntimeOptions {
  queue: Pick<Queue, 'work' | 'stop'>;
  workers: readonly Worker[];
  log: Logger;
  /** Closes what the workers used, once no job runs any more. */
  close: () => Promise<void>;
}

export interface Runtime {
  /**
   * Takes no more jobs, tells the running ones to end and gives back those that do not. Calling it
   * again waits for the same end.
   */
  stop(reason: string): Promise<void>;
}

/** Starts taking jobs of every kind. */
export async function startRuntime({
  queue,
  workers,
  log,
  close,
}: RuntimeOptions): Promise<Runtime> {
  for (const each of workers) await each.register(queue);
  log.info({ jobs: workers.map((each) => each.name) }, 'worker ready');
  let stopped: Promise<void> | undefined;
  const stop = async (reason: string) => {
    log.info({ reason }, 'worker stops');
    await queue.stop();
    await close();
    log.info('worker stopped');
  };
  return {
    stop(reason) {
      stopped ??= stop(reason);
      return stopped;
    },
  };
}
