import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { makeChecklist } from '../checklist/check-study.ts';
import { findStudy, type StudyAddress } from '../find-study.ts';
import { getStudy } from '../overview/get-study.ts';
import type { StudyDetail } from '../overview/schema.ts';
import { studySpecSchema } from '../schema.ts';
import { LONG_TRANSACTION_MS, lockExistingStudy } from '../study-rows.ts';
import { insertComparisons } from './insert-comparisons.ts';

/**
 * Opens a draft to raters: makes its comparisons with their vote counts, and closes the revision that
 * was open before. All of it or nothing. Opening an open study changes nothing.
 *
 * @throws AppError CONFLICT while the checklist isn't clean (`data.problems` says what is missing) or
 *   when the study is closed.
 */
export async function openStudy(
  platform: Pick<Platform, 'database' | 'clock' | 'environment'>,
  actor: Actor,
  address: StudyAddress,
): Promise<StudyDetail> {
  const { row } = await findStudy(platform, actor, address, 'project.write');
  await platform.database.$transaction(
    async (database) => {
      const study = await lockExistingStudy(database, row.id);
      if (study.state === 'running') return;
      if (study.state !== 'draft')
        throw new AppError('CONFLICT', `The study is ${study.state}; only a draft opens.`, {
          reason: 'state',
          state: study.state,
        });
      const spec = studySpecSchema.parse(study.spec);
      const checklist = await makeChecklist(database, { ...study, spec });
      if (!checklist.canOpen) {
        const problems = checklist.items
          .filter((item) => item.severity !== 'advice')
          .map((item) => [item.message, item.names.join('; ')].filter(Boolean).join(' '));
        throw new AppError('CONFLICT', `The study can't open yet. ${problems[0]}`, {
          reason: 'checklist',
          problems,
        });
      }
      await insertComparisons(database, study.id, spec);
      const now = platform.clock.now();
      await database.study.updateMany({
        where: {
          projectId: study.projectId,
          slug: study.slug,
          state: { in: ['running', 'paused'] },
        },
        data: { state: 'closed', closedAt: now },
      });
      await database.study.update({
        where: { id: study.id },
        data: { state: 'running', openedAt: now },
      });
    },
    { timeout: LONG_TRANSACTION_MS },
  );
  return getStudy(platform, actor, address);
}
