// Starts Winnow as a person would, in a data folder of its own, and stops it after the last test.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findFreePort } from '#scripts/ports.ts';

/** What the start prints when everything runs. */
const LAST_LINE = 'Ctrl-C stops it.';

export default async function setup(): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'winnow-e2e-'));
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
      LOG_LEVEL: 'warn',
    },
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    rmSync(dataDir, { recursive: true, force: true });
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
  process.env.WINNOW_E2E_URL = url;
  process.env.WINNOW_E2E_LINES = JSON.stringify(lines);
  return stop;
}
