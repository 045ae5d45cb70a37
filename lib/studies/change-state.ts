import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findStudy, type StudyAddress } from './find-study.ts';
import type { StudyState } from './schema.ts';

/**
 * Moves a study from one of some states to another, once: of two callers at a time one moves it.
 * Asking for the state that it has already changes nothing.
 *
 * @throws AppError CONFLICT when it is in none of these states.
 */
export async function changeState(
  platform: Pick<Platform, 'database' | 'clock'>,
  actor: Actor,
  address: StudyAddress,
  from: readonly StudyState[],
  to: Exclude<StudyState, 'draft'>,
): Promise<void> {
  const { row } = await findStudy(platform, actor, address, 'project.write');
  if (row.state === to) return;
  const { count } = await platform.database.study.updateMany({
    where: { id: row.id, state: { in: [...from] } },
    data: { state: to, ...(to === 'closed' ? { closedAt: platform.clock.now() } : {}) },
  });
  if (count === 0)
    throw new AppError(
      'CONFLICT',
      `The study is ${row.state}; only a study that is ${from.join(' or ')} can become ${to}.`,
      { reason: 'state', state: row.state },
    );
}
