import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { VersionAddress } from '../find-version.ts';
import { readVersion } from '../read-version.ts';
import { filterSql, orderSql } from './clip-conditions.ts';
import { rememberPaths } from './clip-paths.ts';
import { type ClipFilter, type ClipOrder, type ClipPage, MOST_LISTED } from './schema.ts';
import { selectClips } from './select-clips.ts';

/** A person waits for a page. */
const LIMIT_SECONDS = 20;

export type ClipListInput = VersionAddress &
  ClipFilter &
  ClipOrder & { limit: number; offset: number };

/**
 * Clips of a version that is done, sorted and filtered by its columns; the first 10,000 can be reached.
 *
 * @throws AppError NOT_FOUND, CONFLICT, BAD_INPUT, or TOO_LARGE beyond 20 seconds
 */
export async function listClips(
  platform: Pick<Platform, 'database' | 'blobs' | 'tables'>,
  actor: Actor,
  input: ClipListInput,
  signal?: AbortSignal,
): Promise<ClipPage> {
  const version = await readVersion(platform, actor, input);
  const order = orderSql(version.columns, input);
  const limit = Math.min(input.limit, MOST_LISTED - input.offset);
  const clips = await selectClips(
    platform,
    version,
    {
      where: (bindings) => filterSql(version.columns, input, bindings),
      orderBy: () => order,
      limit: Math.max(0, limit) + 1,
      offset: input.offset,
    },
    { limitSeconds: LIMIT_SECONDS, signal },
  );
  const page = clips.slice(0, Math.max(0, limit));
  rememberPaths(version.id, page);
  return {
    version: version.number,
    columns: version.columns.map(({ name, kind, type }) => ({ name, kind, type })),
    clips: page,
    hasMore: clips.length > page.length && input.offset + page.length < MOST_LISTED,
  };
}
