import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { makeChecklist } from '../checklist/check-study.ts';
import type { Checklist } from '../checklist/schema.ts';
import { findStudy, type StudyAddress } from '../find-study.ts';
import { enqueueRendering, LONG_TRANSACTION_MS, lockExistingStudy } from '../study-rows.ts';
import { syncRenditions } from './sync-renditions.ts';

/**
 * Takes in what the imports of a draft have gained since it was written, and tries failed videos again.
 *
 * @throws AppError CONFLICT when the study has opened.
 */
export async function renewRenditions(
  platform: Pick<Platform, 'database' | 'queue'>,
  actor: Actor,
  address: StudyAddress,
): Promise<Checklist> {
  const { row, spec } = await findStudy(platform, actor, address, 'project.write');
  await platform.database.$transaction(
    async (database) => {
      const { state } = await lockExistingStudy(database, row.id);
      if (state !== 'draft')
        throw new AppError('CONFLICT', `The study is ${state}; its videos can't change any more.`, {
          reason: 'state',
        });
      await database.rendition.updateMany({
        where: { studyId: row.id, state: 'failed' },
        data: { state: 'waiting', reason: null },
      });
      await syncRenditions(database, { id: row.id, projectId: row.projectId, spec });
      await enqueueRendering(platform, database, row.id);
    },
    { timeout: LONG_TRANSACTION_MS },
  );
  return makeChecklist(platform.database, { ...row, spec });
}
