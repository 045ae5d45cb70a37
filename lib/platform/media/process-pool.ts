import { AppError } from '#lib/core/errors.ts';
import { ChildPool } from '#lib/platform/child-process/child-pool.ts';
import { ChildFailure } from '#lib/platform/child-process/child-worker.ts';
import type { MediaLimits } from './limits.ts';
import { refuse } from './refusal.ts';
import {
  type MediaReply,
  type MediaTask,
  mediaProgress,
  mediaReply,
  type ReportProgress,
} from './task.ts';

const HEAP_MEBIBYTES = 256;
/** What Node itself maps as data before it does anything; the kernel counts it too. */
const NODE_DATA_MEBIBYTES = 1024;

export interface RunOptions {
  signal?: AbortSignal | undefined;
  /** Called a few times a second by tasks that take long. */
  onProgress?: ReportProgress | undefined;
}

/** Child processes that decode. */
export class ProcessPool {
  private readonly limits: MediaLimits;
  private readonly pool: ChildPool;

  constructor(limits: MediaLimits, size: number) {
    this.limits = limits;
    this.pool = new ChildPool(
      {
        entry: 'lib/platform/media/worker-process.ts',
        memoryMebibytes: limits.memoryMebibytes,
        dataMebibytes: limits.memoryMebibytes + NODE_DATA_MEBIBYTES,
        heapMebibytes: HEAP_MEBIBYTES,
      },
      size,
    );
  }

  /**
   * Runs one task as soon as a process is free; its answer is not parsed yet.
   *
   * @throws AppError BAD_INPUT when the file is refused, when it takes too long or too much memory, or
   *   when it crashes the process; STORAGE_FULL; UNAVAILABLE when FFmpeg itself failed
   */
  async run(task: MediaTask, { signal, onProgress }: RunOptions = {}): Promise<unknown> {
    const { limits } = this;
    const call = {
      limitSeconds: limits.taskSeconds,
      silentSeconds: limits.silentSeconds,
      signal,
      onNote: (note: unknown) => {
        const progress = mediaProgress.safeParse(note);
        if (progress.success) onProgress?.(progress.data);
      },
    };
    const answer = await this.pool.run({ task, limits }, call).catch((error: unknown) => {
      throw error instanceof ChildFailure ? asRefusal(error, limits) : error;
    });
    const reply = mediaReply.safeParse(answer);
    if (!reply.success) throw crashed('no answer', '');
    return outcomeOf(reply.data, limits.memoryMebibytes);
  }

  processIds(): number[] {
    return this.pool.processIds();
  }

  close(): void {
    this.pool.close();
  }
}

function asRefusal(failure: ChildFailure, limits: MediaLimits): AppError {
  if (failure.reason === 'CLOSED')
    return new AppError('UNAVAILABLE', 'The video tools are shut down.');
  if (failure.reason === 'TOO_SLOW')
    return refuse(
      'TOO_SLOW',
      `The file takes longer than ${failure.message} to decode; send a smaller one.`,
    );
  if (failure.reason === 'TOO_MUCH_MEMORY' || /out of memory/i.test(failure.stderrTail))
    return tooMuchMemory(limits.memoryMebibytes);
  return crashed(failure.message, failure.stderrTail);
}

function crashed(detail: string, stderrTail: string): AppError {
  const message = 'The file crashes the decoder; send it in another format.';
  return refuse('CRASHED', message, { detail }, { cause: new Error(stderrTail) });
}

function outcomeOf(reply: MediaReply, memoryMebibytes: number): unknown {
  if (reply.kind === 'done') return reply.result;
  if (reply.kind === 'refused') throw new AppError('BAD_INPUT', reply.message, reply.data);
  if (/cannot allocate memory/i.test(reply.message)) throw tooMuchMemory(memoryMebibytes);
  if (reply.code === 'ENOSPC' || /no space left/i.test(reply.message)) {
    throw new AppError('STORAGE_FULL', 'The disk is full; free some space and try again.');
  }
  if (reply.code === 'ENOENT') {
    throw new AppError('NOT_FOUND', 'The video file is not there any more; import it again.');
  }
  throw new AppError('UNAVAILABLE', `The video tool failed: ${reply.message}`, {
    detail: reply.code,
  });
}

function tooMuchMemory(mebibytes: number): AppError {
  return refuse(
    'TOO_MUCH_MEMORY',
    `The file needs more than ${mebibytes} MiB of memory to decode; send a smaller picture.`,
  );
}
