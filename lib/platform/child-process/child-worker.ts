import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const PRLIMIT = '/usr/bin/prlimit';
const WATCH_MILLISECONDS = 100;
const PAGE_BYTES = 4096;

/** How a child process is started and what it may use. */
export interface ChildRules {
  /** The file that it runs, from the repository's root; answers each message with one message. */
  entry: string;
  /** Resident memory after which it is killed, in MiB. */
  memoryMebibytes: number;
  /** Data memory that the kernel allows, in MiB, for what grows too fast to be watched. */
  dataMebibytes: number;
  /** Node's own heap, in MiB. */
  heapMebibytes: number;
  /** Variables of its environment; nothing of ours (no database address, no keys) goes there. */
  env?: Readonly<Record<string, string>>;
}

export interface ChildCall {
  /** Wall-clock seconds, after which the process is killed. */
  limitSeconds: number;
  signal?: AbortSignal | undefined;
  /** Gets what the process says on the way to its answer: messages of the form `{ note }`. */
  onNote?: ((note: unknown) => void) | undefined;
  /** Wall-clock seconds without a note after which the process is killed; null does not watch. */
  silentSeconds?: number | null | undefined;
}

/** Why a child process gave no answer. */
export type ChildEnd = 'TOO_SLOW' | 'TOO_MUCH_MEMORY' | 'CRASHED' | 'CLOSED';

/** A child process ended before it answered; each door says in its own words what that means. */
export class ChildFailure extends Error {
  override readonly name = 'ChildFailure';
  readonly reason: ChildEnd;
  readonly stderrTail: string;

  constructor(reason: ChildEnd, detail: string, stderrTail: string) {
    super(detail);
    this.reason = reason;
    this.stderrTail = stderrTail;
  }
}

type Outcome = { kind: 'answer'; message: unknown } | { kind: 'none' };

/** One child process; it serves one call at a time and is not used again once it ended. */
export class ChildWorker {
  private readonly child: ChildProcess;
  private readonly memoryMebibytes: number;
  private ending: { reason: ChildEnd | 'ABORTED'; detail: string } | null = null;
  private stderrTail = '';
  private settle: ((outcome: Outcome) => void) | null = null;
  private heard: ((note: unknown) => void) | null = null;

  constructor(rules: ChildRules) {
    this.memoryMebibytes = rules.memoryMebibytes;
    // From the working directory, where every process of Winnow starts: Next's bundler would move a
    // file that is named relative to this one.
    const node = [
      process.execPath,
      `--max-old-space-size=${rules.heapMebibytes}`,
      resolve(rules.entry),
    ];
    const [command = process.execPath, ...args] = [...kernelLimits(rules.dataMebibytes), ...node];
    this.child = spawn(command, args, {
      cwd: '/',
      env: { NODE_ENV: 'production', ...rules.env },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.child.stderr?.on('data', (chunk: Buffer) => {
      this.stderrTail = (this.stderrTail + chunk.toString()).slice(-2000);
    });
    this.child.on('message', (message) => {
      if (message === 'ready') return;
      if (typeof message === 'object' && 'note' in message) this.heard?.(message.note);
      else this.settle?.({ kind: 'answer', message });
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
   * Sends one message and waits for the answer, which is not to be trusted: the caller parses it.
   *
   * @throws ChildFailure when the process ended instead; the signal's reason when it was aborted
   */
  async run(message: object, call: ChildCall): Promise<unknown> {
    const { limitSeconds, signal, silentSeconds } = call;
    const abort = () => this.end('ABORTED', 'aborted');
    if (signal?.aborted) throw signal.reason;
    signal?.addEventListener('abort', abort);
    const clock = setTimeout(
      () => this.end('TOO_SLOW', `${limitSeconds} s`),
      Math.min(limitSeconds * 1000, 2 ** 31 - 1),
    );
    let heardAt = performance.now();
    this.heard = (note) => {
      heardAt = performance.now();
      call.onNote?.(note);
    };
    const watch = setInterval(() => {
      this.checkMemory();
      if (silentSeconds && performance.now() - heardAt > silentSeconds * 1000) {
        this.end('TOO_SLOW', `${silentSeconds} s for one part`);
      }
    }, WATCH_MILLISECONDS);
    try {
      const outcome = await new Promise<Outcome>((resolve) => {
        this.settle = resolve;
        if (this.ending) return resolve({ kind: 'none' });
        this.child.send(message, (error) => {
          if (error) this.end('CRASHED', error.message);
        });
      });
      if (outcome.kind === 'answer') return outcome.message;
      const { reason, detail } = this.ending ?? { reason: 'CRASHED', detail: 'no answer' };
      if (reason === 'ABORTED') throw signal?.reason;
      throw new ChildFailure(reason, detail, this.stderrTail);
    } finally {
      this.settle = null;
      this.heard = null;
      clearTimeout(clock);
      clearInterval(watch);
      signal?.removeEventListener('abort', abort);
    }
  }

  /** Kills the process; a call under way fails. */
  kill(): void {
    this.end('CLOSED', 'closed');
  }

  private end(reason: ChildEnd | 'ABORTED', detail: string): void {
    this.ending ??= { reason, detail };
    this.child.kill('SIGKILL');
    this.settle?.({ kind: 'none' });
  }

  private checkMemory(): void {
    const bytes = residentBytes(this.child.pid);
    if (bytes > this.memoryMebibytes * 1024 ** 2) this.end('TOO_MUCH_MEMORY', `${bytes} bytes`);
  }
}

/** Data memory and core dumps held down by the kernel, where the tool for it is installed. */
function kernelLimits(dataMebibytes: number): string[] {
  try {
    accessSync(PRLIMIT, constants.X_OK);
  } catch {
    return [];
  }
  return [PRLIMIT, `--data=${dataMebibytes * 1024 ** 2}`, '--core=0', '--'];
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
