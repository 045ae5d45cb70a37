import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findStudy, type StudyAddress } from './find-study.ts';

/**
 * Deletes a draft with its trial votes. A study that has opened stays, since its votes do.
 *
 * @throws AppError CONFLICT when it is no draft.
 */
export async function deleteDraft(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  address: StudyAddress,
): Promise<{ deleted: true }> {
  const { row } = await findStudy(platform, actor, address, 'project.write');
  const { count } = await platform.database.study.deleteMany({
    where: { id: row.id, state: 'draft' },
  });
  if (count === 0)
    throw new AppError('CONFLICT', 'Only a draft can be deleted; archive the study instead.', {
      reason: 'state',
    });
  return { deleted: true };
}
