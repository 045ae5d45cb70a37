import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { findFreePort } from '#lib/platform/ports.ts';

/** What the start prints when everything runs. */
const LAST_LINE = 'Ctrl-C stops it.';

export interface RunningWinnow {
  readonly url: string;
  readonly pid: number;
  /** All that the start printed until everything ran. */
  readonly lines: readonly string[];
  /** Sends a signal and waits for the end. @returns the exit code, null after a signal. */
  stop(signal?: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<number | null>;
}

/**
 * Starts Winnow as a person would, on a free port and a data folder of its own.
 *
 * @throws Error with what it printed when it ends before everything runs.
 */
export async function startWinnow(dataDir: string): Promise<RunningWinnow> {
  const port = await findFreePort();
  const url = `http://localhost:${port}`;
  const child = spawn(process.execPath, ['scripts/start.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      WINNOW_DATA_DIR: dataDir,
      PORT: String(port),
      HOST: '127.0.0.1',
      WINNOW_URL: url,
      DATABASE_URL: '',
      WINNOW_IMPORT_ROOTS: resolve('examples/demo/videos'),
      LOG_LEVEL: 'warn',
    },
  });
  const stop: RunningWinnow['stop'] = async (signal = 'SIGTERM') => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await once(child, 'exit');
    }
    return child.exitCode;
  };
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (line === LAST_LINE) break;
  }
  if (!lines.includes(LAST_LINE)) {
    await stop();
    throw new Error(`Winnow did not start:\n${lines.join('\n')}`);
  }
  // Whatever it prints later must not fill the pipe.
  child.stdout.resume();
  return { url, pid: child.pid ?? 0, lines, stop };
}
