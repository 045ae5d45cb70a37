import { setTimeout as wait } from 'node:timers/promises';
import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { createImport } from './create-import.ts';
import { getImport } from './get-import.ts';
import { runImport } from './run-import.ts';
import type { RunPlatform } from './run-platform.ts';
import type { ImportDetail, NewImport } from './schema.ts';
import { startImport } from './start-import.ts';

const LOOK_AGAIN_MS = 500;

export interface DirectOptions {
  signal: AbortSignal;
  onProgress?: (progress: ImportDetail) => void;
}

/**
 * Imports a folder or a table of this machine in this process and waits for the end. Where a worker
 * is at work on the same import already, it only looks on.
 *
 * @returns the import as it ended: `done` or `failed`
 * @throws AppError for a source that can't be read at all
 */
export async function importDirectly(
  platform: RunPlatform & Pick<Platform, 'queue'>,
  actor: Actor,
  input: NewImport & { project: string },
  { signal, onProgress = () => {} }: DirectOptions,
): Promise<ImportDetail> {
  const created = await createImport(platform, actor, input);
  const address = { project: input.project, import: created.slug };
  await startImport(platform, actor, address, { run: 'here' });
  const { id } = await platform.database.videoImport.findFirstOrThrow({
    where: { slug: created.slug, project: { slug: input.project } },
    select: { id: true },
  });
  const ended = new AbortController();
  const reporting = report(platform, actor, address, ended.signal, onProgress);
  try {
    while ((await runImport(platform, id, { signal })) === 'busy')
      await wait(LOOK_AGAIN_MS, undefined, { signal });
  } finally {
    ended.abort();
    await reporting;
  }
  const detail = await getImport(platform, actor, address);
  onProgress(detail);
  return detail;
}

async function report(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  address: { project: string; import: string },
  ended: AbortSignal,
  onProgress: (progress: ImportDetail) => void,
): Promise<void> {
  while (!ended.aborted) {
    onProgress(await getImport(platform, actor, address));
    await wait(LOOK_AGAIN_MS, undefined, { signal: ended }).catch(() => undefined);
  }
}
