import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Platform } from '#lib/platform/platform.ts';

/** Longer than any piece of work takes. */
const STALE_MILLISECONDS = 7 * 24 * 60 * 60 * 1000;

function stagingRoot({ dataDir }: Platform['environment']): string {
  return join(dataDir, 'curation');
}

/** Lends an empty folder of its own, which goes with all that is in it. */
export async function withStaging<T>(
  { environment }: Pick<Platform, 'environment'>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = join(stagingRoot(environment), randomUUID());
  await mkdir(folder, { recursive: true });
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes folders that killed processes have left behind a week ago or longer. */
export async function sweepStaging(
  { environment }: Pick<Platform, 'environment'>,
  nowMilliseconds: number,
): Promise<void> {
  const root = stagingRoot(environment);
  for (const name of await readdir(root).catch(() => [])) {
    const found = await stat(join(root, name)).catch(() => null);
    if (found && nowMilliseconds - found.mtimeMs > STALE_MILLISECONDS)
      await rm(join(root, name), { recursive: true, force: true });
  }
}
