import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { AppError } from '#lib/core/errors.ts';
import type { MediaLimits } from './limits.ts';
import { refuse } from './refusal.ts';
import { type MediaReply, type MediaTask, mediaReply } from './task.ts';

// From the working directory, where every process of Winnow starts: Next's bundler would move a file
// that is named relative to this one.
const ENTRY = resolve('lib/platform/media/worker-process.ts');
const PRLIMIT = '/usr/bin/prlimit';
const HEAP_MEBIBYTES = 256;
/** What Node itself maps as data before it does anything; the kernel counts it too. */
const NODE_DATA_MEBIBYTES = 1024;
const WATCH_MILLISECONDS = 100;
const PAGE_BYTES = 4096;

type Ending = {
  reason: 'TOO_SLOW' | 'TOO_MUCH_MEMORY' | 'CRASHED' | 'ABORTED' | 'CLOSED';
  detail: string;
};

/** One child process that decodes; it serves one task at a time and is not used again once it ended. */
export class MediaProcess {
  private readonly child: ChildProcess;
  private readonly memoryMebibytes: number;
  private ending: Ending | null = null;
  private stderrTail = '';
  private settle: ((reply: MediaReply | null) => void) | null = null;

  constructor(memoryMebibytes: number) {
    this.memoryMebibytes = memoryMebibytes;
    const node = [process.execPath, `--max-old-space-size=${HEAP_MEBIBYTES}`, ENTRY];
    const [command = process.execPath, ...args] = [...kernelLimits(memoryMebibytes), ...node];
    this.child = spawn(command, args, {
      cwd: '/',
      // Nothing of ours: no database address, no keys.
      env: { NODE_ENV: 'production' },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.child.stderr?.on('data', (chunk: Buffer) => {
      this.stderrTail = (this.stderrTail + chunk.toString()).slice(-2000);
    });
    this.child.on('message', (message) => {
      if (message === 'ready') return;
      const reply = mediaReply.safeParse(message);
      this.settle?.(reply.success ? reply.data : null);
    });
    this.child.on('error', (error) => this.end('CRASHED', error.message));
    this.child.on('exit', (code, signal) => this.end('CRASHED', signal ?? `exit code ${code}`));
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get alive(): boolean {
    return this.ending === null;
  }

  /**
   * Runs one task.
   *
   * @throws AppError BAD_INPUT when the file is refused, when it takes too long or too much memory, or
   *   when it crashes the process; STORAGE_FULL; UNAVAILABLE when FFmpeg itself failed
   */
  async run(task: MediaTask, limits: MediaLimits, signal?: AbortSignal): Promise<unknown> {
    const abort = () => this.end('ABORTED', 'aborted');
    if (signal?.aborted) throw signal.reason;
    signal?.addEventListener('abort', abort);
    const clock = setTimeout(
      () => this.end('TOO_SLOW', `${limits.taskSeconds} s`),
      limits.taskSeconds * 1000,
    );
    const watch = setInterval(() => this.checkMemory(), WATCH_MILLISECONDS);
    try {
      const reply = await new Promise<MediaReply | null>((resolve) => {
        this.settle = resolve;
        if (this.ending) return resolve(null);
        this.child.send({ task, limits }, (error) => {
          if (error) this.end('CRASHED', error.message);
        });
      });
      if (reply) return outcomeOf(reply, this.memoryMebibytes);
      if (signal?.aborted) throw signal.reason;
      throw this.failure();
    } finally {
      this.settle = null;
      clearTimeout(clock);
      clearInterval(watch);
      signal?.removeEventListener('abort', abort);
    }
  }

  /** Kills the process; a task under way fails. */
  kill(): void {
    this.end('CLOSED', 'closed');
  }

  private end(reason: Ending['reason'], detail: string): void {
    this.ending ??= { reason, detail };
    this.child.kill('SIGKILL');
    this.settle?.(null);
  }

  private checkMemory(): void {
    const bytes = residentBytes(this.child.pid);
    if (bytes > this.memoryMebibytes * 1024 ** 2) this.end('TOO_MUCH_MEMORY', `${bytes} bytes`);
  }

  private failure(): AppError {
    const { reason, detail } = this.ending ?? { reason: 'CRASHED', detail: 'no answer' };
    if (reason === 'CLOSED') return new AppError('UNAVAILABLE', 'The video tools are shut down.');
    if (reason === 'TOO_SLOW') {
      return refuse(
        'TOO_SLOW',
        `The file takes longer than ${detail} to decode; send a smaller one.`,
      );
    }
    if (reason === 'TOO_MUCH_MEMORY' || /out of memory/i.test(this.stderrTail)) {
      return tooMuchMemory(this.memoryMebibytes);
    }
    const message = 'The file crashes the decoder; send it in another format.';
    return refuse('CRASHED', message, { detail }, { cause: new Error(this.stderrTail) });
  }
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

/**
 * Data memory and core dumps held down by the kernel, where the tool for it is installed: for what grows
 * too fast for `checkMemory`.
 */
function kernelLimits(memoryMebibytes: number): string[] {
  try {
    accessSync(PRLIMIT, constants.X_OK);
  } catch {
    return [];
  }
  const data = (memoryMebibytes + NODE_DATA_MEBIBYTES) * 1024 ** 2;
  return [PRLIMIT, `--data=${data}`, '--core=0', '--'];
}

/** Resident memory of a process, in bytes; 0 where the system does not tell (then it is not watched). */
export function residentBytes(pid: number | undefined): number {
  try {
    const pages = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1];
    return Number(pages) * PAGE_BYTES;
  } catch {
    return 0;
  }
}
