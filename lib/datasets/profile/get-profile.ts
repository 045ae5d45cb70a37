import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findVersion, type VersionAddress } from '../find-version.ts';
import { profileVersionJob } from './jobs.ts';
import { type Profile, profileSchema } from './schema.ts';

/**
 * What a version looks like. Null where it has not been described yet: a worker is asked to.
 *
 * @throws AppError NOT_FOUND, or CONFLICT where the version is not done
 */
export async function getProfile(
  platform: Pick<Platform, 'database' | 'queue'>,
  actor: Actor,
  input: VersionAddress,
): Promise<{ version: number; profile: Profile | null }> {
  const { row, dataset } = await findVersion(platform, actor, input, 'project.read');
  if (row.state !== 'done')
    throw new AppError(
      'CONFLICT',
      `Version ${row.number} of the dataset "${dataset.name}" is not done: wait for its registration.`,
      { reason: 'version-not-done', state: row.state },
    );
  if (row.profile === null)
    await platform.queue.enqueue(
      profileVersionJob,
      { versionId: row.id },
      { singletonKey: String(row.id) },
    );
  return {
    version: row.number,
    profile: row.profile === null ? null : profileSchema.parse(row.profile),
  };
}
