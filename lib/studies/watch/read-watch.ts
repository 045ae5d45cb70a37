import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findStudy, type StudyAddress } from '../find-study.ts';
import { newestSeq } from '../votes/ranked-votes.ts';
import { type WatchView, watchResultSchema } from './schema.ts';

/** What the newest look at a study's votes found; never looks itself, so that it costs next to nothing. */
export async function readWatch(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  address: StudyAddress,
): Promise<WatchView> {
  const { row, spec } = await findStudy(platform, actor, address, 'project.read');
  const [watch, newest] = await Promise.all([
    platform.database.studyWatch.findUnique({ where: { studyId: row.id } }),
    newestSeq(platform.database, row.id),
  ]);
  // A look of an earlier version that reads otherwise is as good as none: the next one replaces it.
  const result = watchResultSchema.safeParse(watch?.result);
  return {
    state: row.state,
    pairChoice: spec.pairChoice,
    result: result.data ?? null,
    lookedAt: watch && result.success ? watch.createdAt.toISOString() : null,
    isStale: newest > (watch?.watermark ?? 0n),
  };
}
