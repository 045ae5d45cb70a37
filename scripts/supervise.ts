import type { ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
/** Whoever ran this long has recovered: the next failure counts as the first. */
const HEALTHY_MS = 60_000;

/** A started part of Winnow. */
export interface Part {
  /** Resolves when it has ended, wanted or not, with the reason in a few words. */
  readonly ended: Promise<string>;
  /** Asks it to finish, and forces it when the time is over. */
  stop(limitMs: number): Promise<void>;
  /** Ends it at once. */
  kill(): void;
}

/** The wait before the n-th restart in a row, n from 1: doubling, at most half a minute. */
export function restartDelayMs(failures: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1));
}

/** The failures in a row, after a part that had failed `before` times ran for `ranMs`. */
export function countFailures(before: number, ranMs: number): number {
  return ranMs >= HEALTHY_MS ? 1 : before + 1;
}

export interface Supervised {
  stop(limitMs: number): Promise<void>;
  kill(): void;
}

/**
 * Keeps a part running: starts it again, ever more slowly, whenever it ends by itself.
 *
 * @param first the part as it runs now.
 * @param start starts it anew; a failure counts like an end.
 */
export function keepRunning(
  name: string,
  first: Part,
  start: () => Promise<Part>,
  report: (line: string) => void,
): Supervised {
  const stopping = new AbortController();
  let current: Part | undefined = first;

  const loop = async () => {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const since = Date.now();
      const reason = current
        ? await current.ended
        : await start().then(
            (part) => {
              current = part;
              return undefined;
            },
            (error: unknown) => (error instanceof Error ? error.message : String(error)),
          );
      if (reason === undefined) continue;
      current = undefined;
      if (stopping.signal.aborted) return;
      failures = countFailures(failures, Date.now() - since);
      const delayMs = restartDelayMs(failures);
      report(`The ${name} ended (${reason}) and is started again in ${delayMs / 1000} s.`);
      await wait(delayMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
    // Started while the stop was asked for.
    await current?.stop(0);
  };
  const ended = loop();

  return {
    async stop(limitMs) {
      stopping.abort();
      await current?.stop(limitMs);
      await ended;
    },
    kill: () => {
      stopping.abort();
      current?.kill();
    },
  };
}

/**
 * A child process, with all that it started itself, as a part. It has to be spawned `detached`: as
 * the leader of a process group, which Ctrl-C in the terminal does not reach.
 */
export function partOfProcess(child: ChildProcess): Part {
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit ${code}`));
  });
  const isRunning = () =>
    child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  const kill = () => {
    if (isRunning() && child.pid) process.kill(-child.pid, 'SIGKILL');
  };
  return {
    ended,
    kill,
    async stop(limitMs) {
      if (!isRunning()) return;
      child.kill('SIGTERM');
      const timer = setTimeout(kill, limitMs);
      await ended;
      clearTimeout(timer);
    },
  };
}
