import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findStudy, type StudyAddress } from '#lib/studies/find-study.ts';

/**
 * Finds a study that the actor may read, with its arms in order and its spec parsed.
 *
 * @throws AppError NOT_FOUND when there is no such study or the actor may not read its project.
 */
export async function readStudy(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  address: StudyAddress,
) {
  const { row, spec } = await findStudy(platform, actor, address, 'project.read');
  const arms = await platform.database.arm.findMany({
    where: { studyId: row.id },
    orderBy: { position: 'asc' },
  });
  return { ...row, arms, spec };
}

export type ReadableStudy = Awaited<ReturnType<typeof readStudy>>;
