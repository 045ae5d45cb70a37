import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { Piscina } from 'piscina';
import { AppError } from '#lib/core/errors.ts';
import type { ThreadReply, ThreadRun } from './in-thread.ts';

/** A thread more than these would only take the cores from the others. */
const MOST_THREADS = 4;
/** A thread without work goes after this long, with the memory that it holds. */
const IDLE_MILLISECONDS = 300_000;

/** A kind of work for a thread; made by `threadTask`. */
export interface ThreadTask<Input, Output> {
  /** The entry file, whose `run` is made by `inThread`. */
  readonly file: string;
  readonly limitSeconds: number;
  /** Never there: carries the types of the entry's `run`. */
  readonly types?: ThreadRun<Input, Output>;
}

export interface ThreadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Buffers of the input that move instead of being copied; the caller can't use them afterwards. */
  readonly transfer?: readonly ArrayBuffer[] | undefined;
}

/**
 * Names the work that an entry file does: `threadTask<typeof run>('lib/reports/x-thread.ts', 60)`.
 *
 * @param file from the working directory, where every process of Winnow starts: Next's bundler would
 *   move a file that is named relative to another.
 * @param limitSeconds after which the work is given up, the wait for a free thread counted in.
 */
export function threadTask<Run>(
  file: `${string}-thread.ts`,
  limitSeconds: number,
): Run extends ThreadRun<infer Input, infer Output> ? ThreadTask<Input, Output> : never;
export function threadTask(file: string, limitSeconds: number): ThreadTask<unknown, unknown> {
  return { file: resolve(file), limitSeconds };
}

let pool: Piscina | undefined;

/**
 * Runs a pure function in a thread of this process, so that the event loop stays free: for whatever
 * computes longer than some 10 ms. Threads start at the first call and never keep a process alive.
 *
 * @throws AppError as the function does; UNAVAILABLE after the time limit; the signal's reason.
 */
export async function runInThread<Input, Output>(
  task: ThreadTask<Input, Output>,
  input: Input,
  { signal, transfer = [] }: ThreadOptions = {},
): Promise<Output> {
  signal?.throwIfAborted();
  pool ??= new Piscina({
    minThreads: 0,
    maxThreads: Math.min(availableParallelism(), MOST_THREADS),
    idleTimeout: IDLE_MILLISECONDS,
  });
  const limit = AbortSignal.timeout(task.limitSeconds * 1000);
  let reply: ThreadReply<Output>;
  try {
    reply = await pool.run(input, {
      filename: task.file,
      name: 'run',
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      transferList: [...transfer],
    });
  } catch (error) {
    signal?.throwIfAborted();
    if (limit.aborted)
      throw new AppError(
        'UNAVAILABLE',
        `The computation took longer than ${task.limitSeconds} s and was given up.`,
        { reason: 'too-slow' },
        { cause: error },
      );
    throw error;
  }
  if (reply.kind === 'refused') throw new AppError(reply.code, reply.message, reply.data);
  return reply.output;
}

/** Ends all threads; the next call starts new ones. */
export async function closeThreads(): Promise<void> {
  const open = pool;
  pool = undefined;
  await open?.destroy();
}
