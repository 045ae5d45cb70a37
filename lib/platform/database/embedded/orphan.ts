import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '#lib/core/errors.ts';

const LIMIT_MS = 60_000;
const FORCE_AFTER_MS = 20_000;

/**
 * Stops the server that still runs on a cluster, and removes what a killed one left behind. A
 * process id in `postmaster.pid` may meanwhile belong to anything (in a container, small ids come
 * back soon), so a process is only touched when its command line names this cluster.
 *
 * @throws AppError CONFLICT when it does not stop within a minute.
 */
export async function stopOrphan(cluster: string): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  const isRunning = () => commandLine(pid).includes(`-D ${cluster} `);
  const start = Date.now();
  let isForced = false;
  if (isRunning()) process.kill(pid, 'SIGINT');
  while (isRunning()) {
    const elapsedMs = Date.now() - start;
    if (elapsedMs > LIMIT_MS) {
      throw new AppError(
        'CONFLICT',
        `A PostgreSQL of an earlier run (process ${pid}) still uses ${cluster} and does not stop: end it, then start again.`,
        { reason: 'orphan' },
      );
    }
    if (elapsedMs > FORCE_AFTER_MS && !isForced) {
      process.kill(pid, 'SIGQUIT');
      isForced = true;
    }
    await wait(50);
  }
  rmSync(pidFile, { force: true });
}

/** The command line of a process, '' when there is none. */
function commandLine(pid: number): string {
  if (!Number.isInteger(pid) || pid <= 1) return '';
  try {
    return process.platform === 'linux'
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      : execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}
