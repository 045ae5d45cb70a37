import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { VersionAddress } from '../find-version.ts';
import { readVersion } from '../read-version.ts';
import { rememberPaths } from './clip-paths.ts';
import type { Clip } from './schema.ts';
import { clipsByUid } from './select-clips.ts';

const LIMIT_SECONDS = 20;

/**
 * Clips of a version by their uids, in the order of these; those that are not there are left out.
 *
 * @throws AppError NOT_FOUND, CONFLICT, or TOO_LARGE beyond 20 seconds
 */
export async function getClips(
  platform: Pick<Platform, 'database' | 'blobs' | 'tables'>,
  actor: Actor,
  input: VersionAddress & { uids: readonly string[] },
  signal?: AbortSignal,
): Promise<{ clips: Clip[] }> {
  const version = await readVersion(platform, actor, input);
  const options = { limitSeconds: LIMIT_SECONDS, signal };
  const clips = await clipsByUid(platform, version, input.uids, options);
  rememberPaths(version.id, clips);
  return { clips };
}
