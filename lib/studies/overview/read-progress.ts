import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findStudy, type StudyAddress } from '../find-study.ts';
import { countProgress } from './count-progress.ts';
import type { Progress } from './schema.ts';

/** What has been counted of what is wanted, for pages that look again every few seconds. */
export async function readProgress(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  address: StudyAddress,
): Promise<Progress> {
  const { row, spec } = await findStudy(platform, actor, address, 'project.read');
  return countProgress(platform.database, { id: row.id, state: row.state, spec });
}
