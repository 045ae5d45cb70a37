import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { changeState } from './change-state.ts';
import type { StudyAddress } from './find-study.ts';
import { getStudy } from './overview/get-study.ts';
import type { StudyDetail } from './overview/schema.ts';

/**
 * Goes on with a paused study.
 *
 * @throws AppError CONFLICT when it is not paused.
 */
export async function resumeStudy(
  platform: Pick<Platform, 'database' | 'clock' | 'environment'>,
  actor: Actor,
  address: StudyAddress,
): Promise<StudyDetail> {
  await changeState(platform, actor, address, ['paused'], 'running');
  return getStudy(platform, actor, address);
}
