import { setTimeout as wait } from 'node:timers/promises';
import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { createVersion } from './create-version.ts';
import { getVersion } from './get-version.ts';
import { type RegistrationPlatform, runRegistration } from './run-registration.ts';
import type { NewDataset, VersionDetail } from './schema.ts';

const LOOK_AGAIN_MS = 500;

export interface DirectOptions {
  signal: AbortSignal;
  onProgress?: (progress: VersionDetail) => void;
}

/**
 * Registers a table in this process and waits for the end. Where a worker is at work on the same one
 * already, it only looks on.
 *
 * @returns the version as it ended: `done` or `failed`
 * @throws AppError for a source that can't be read at all
 */
export async function registerDirectly(
  platform: RegistrationPlatform & Pick<Platform, 'queue'>,
  actor: Actor,
  input: NewDataset & { project: string },
  { signal, onProgress = () => {} }: DirectOptions,
): Promise<VersionDetail> {
  const { dataset, number } = await createVersion(platform, actor, input, { run: 'here' });
  const address = { project: input.project, dataset, version: number };
  const { id } = await platform.database.datasetVersion.findFirstOrThrow({
    where: { number, dataset: { slug: dataset, project: { slug: input.project } } },
    select: { id: true },
  });
  const ended = new AbortController();
  const reporting = (async () => {
    while (!ended.signal.aborted) {
      onProgress(await getVersion(platform, actor, address));
      await wait(LOOK_AGAIN_MS, undefined, { signal: ended.signal }).catch(() => undefined);
    }
  })();
  try {
    while ((await runRegistration(platform, id, { signal })) === 'busy')
      await wait(LOOK_AGAIN_MS, undefined, { signal });
  } finally {
    ended.abort();
    await reporting;
  }
  return getVersion(platform, actor, address);
}
