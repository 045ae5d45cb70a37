import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { changeState } from './change-state.ts';
import type { StudyAddress } from './find-study.ts';
import { getStudy } from './overview/get-study.ts';
import type { StudyDetail } from './overview/schema.ts';

/**
 * Stops handing out pairs until `resumeStudy`.
 *
 * @throws AppError CONFLICT when it is not running.
 */
export async function pauseStudy(
  platform: Pick<Platform, 'database' | 'clock' | 'environment'>,
  actor: Actor,
  address: StudyAddress,
): Promise<StudyDetail> {
  await changeState(platform, actor, address, ['running'], 'paused');
  return getStudy(platform, actor, address);
}
