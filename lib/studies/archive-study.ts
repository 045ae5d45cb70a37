import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findStudy } from './find-study.ts';

/**
 * Puts all revisions of a study away, or brings them back. Nothing is lost either way.
 *
 * @throws AppError CONFLICT while a revision is open to raters.
 */
export async function archiveStudy(
  platform: Pick<Platform, 'database' | 'clock'>,
  actor: Actor,
  input: { readonly project: string; readonly study: string; readonly archived: boolean },
): Promise<{ archived: boolean }> {
  const { row } = await findStudy(platform, actor, input, 'project.write');
  const all = { projectId: row.projectId, slug: row.slug };
  const open = await platform.database.study.findFirst({
    where: { ...all, state: { in: ['running', 'paused'] } },
    select: { revision: true },
  });
  if (input.archived && open)
    throw new AppError(
      'CONFLICT',
      `Revision ${open.revision} of the study is still open; close it before archiving.`,
      { reason: 'state' },
    );
  await platform.database.study.updateMany({
    where: { ...all, archivedAt: input.archived ? null : { not: null } },
    data: { archivedAt: input.archived ? platform.clock.now() : null },
  });
  return { archived: input.archived };
}
