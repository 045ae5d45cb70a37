import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { VersionAddress } from '../find-version.ts';
import { readVersion } from '../read-version.ts';
import { filterSql } from './clip-conditions.ts';
import type { ClipFilter } from './schema.ts';
import { countSelected } from './select-clips.ts';

const LIMIT_SECONDS = 30;

/**
 * How many clips of a version a filter finds, of how many.
 *
 * @throws AppError NOT_FOUND, CONFLICT, BAD_INPUT, or TOO_LARGE beyond 30 seconds
 */
export async function countClips(
  platform: Pick<Platform, 'database' | 'blobs' | 'tables'>,
  actor: Actor,
  input: VersionAddress & ClipFilter,
  signal?: AbortSignal,
): Promise<{ clips: number; of: number }> {
  const version = await readVersion(platform, actor, input);
  const isAll = input.ranges.length === 0 && (input.contains?.trim() ?? '') === '';
  const clips = isAll
    ? version.clips
    : await countSelected(
        platform,
        version,
        (bindings) => filterSql(version.columns, input, bindings),
        { limitSeconds: LIMIT_SECONDS, signal },
      );
  return { clips, of: version.clips };
}
