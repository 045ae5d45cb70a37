import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findSubset, type SubsetAddress } from './find-subset.ts';
import type { SubsetSummary } from './schema.ts';

/** A subset with its rule, counts and manifests. @throws AppError NOT_FOUND or FORBIDDEN */
export async function getSubset(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  address: SubsetAddress,
): Promise<SubsetSummary> {
  const { summary } = await findSubset(platform, actor, address, 'project.read');
  return summary;
}
