import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Platform } from '#lib/platform/platform.ts';

const STALE_MS = 24 * 60 * 60 * 1000;

/** Runs `work` with a folder of its own, which goes afterwards; so do those that a kill left behind. */
export async function withScratchFolder<T>(
  { environment }: Pick<Platform, 'environment'>,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const parent = join(environment.dataDir, 'temporary', 'datasets');
  const folder = join(parent, randomUUID());
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    await sweep(parent);
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function sweep(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const path = join(parent, name);
    const found = await stat(path).catch(() => null);
    if (found && Date.now() - found.mtimeMs > STALE_MS)
      await rm(path, { recursive: true, force: true });
  }
}
