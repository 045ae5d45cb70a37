import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findVersion, type VersionAddress } from '../find-version.ts';
import { SUBSET_PARTS, subsetSummary } from './subset-view.ts';

/** Names one subset of a version; without a number, of the newest one that is done. */
export interface SubsetAddress extends VersionAddress {
  subset: string;
}

/**
 * The subset of this address, if the actor may do this in its project.
 *
 * @throws AppError NOT_FOUND or FORBIDDEN
 */
export async function findSubset(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  address: SubsetAddress,
  permission: 'project.read' | 'project.write',
) {
  const { row: version, dataset } = await findVersion(platform, actor, address, permission);
  const row = await platform.database.subset.findUnique({
    where: { versionId_slug: { versionId: version.id, slug: address.subset } },
    include: SUBSET_PARTS,
  });
  if (!row)
    throw new AppError(
      'NOT_FOUND',
      `Version ${version.number} of the dataset "${dataset.name}" has no subset "${address.subset}".`,
      { reason: 'subset' },
    );
  const place = { dataset: dataset.slug, version: version.number };
  return { row, version, dataset, summary: subsetSummary(row, place) };
}
