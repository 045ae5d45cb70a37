import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { changeState } from './change-state.ts';
import type { StudyAddress } from './find-study.ts';
import { getStudy } from './overview/get-study.ts';
import type { StudyDetail } from './overview/schema.ts';

/**
 * Ends a study for good: no pair is handed out and no vote taken any more.
 *
 * @throws AppError CONFLICT when it has never opened.
 */
export async function closeStudy(
  platform: Pick<Platform, 'database' | 'clock' | 'environment'>,
  actor: Actor,
  address: StudyAddress,
): Promise<StudyDetail> {
  await changeState(platform, actor, address, ['running', 'paused'], 'closed');
  return getStudy(platform, actor, address);
}
