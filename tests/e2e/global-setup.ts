// One server for all browser tests, in a data folder of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWinnow } from './start-winnow.ts';

export default async function setup(): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'winnow-e2e-'));
  const winnow = await startWinnow(dataDir);
  process.env.WINNOW_E2E_URL = winnow.url;
  process.env.WINNOW_E2E_DATA_DIR = dataDir;
  process.env.WINNOW_E2E_LINES = JSON.stringify(winnow.lines);
  return async () => {
    await winnow.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
