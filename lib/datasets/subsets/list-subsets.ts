import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findVersion, type VersionAddress } from '../find-version.ts';
import type { SubsetSummary } from './schema.ts';
import { SUBSET_PARTS, subsetSummary } from './subset-view.ts';

/** The subsets of a version, oldest first; of one axis where it is named. */
export async function listSubsets(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  { axis, ...address }: VersionAddress & { axis?: string | undefined },
): Promise<SubsetSummary[]> {
  const { row, dataset } = await findVersion(platform, actor, address, 'project.read');
  const subsets = await platform.database.subset.findMany({
    where: { versionId: row.id, ...(axis === undefined ? {} : { axis: { slug: axis } }) },
    include: SUBSET_PARTS,
    orderBy: { id: 'asc' },
  });
  return subsets.map((subset) =>
    subsetSummary(subset, { dataset: dataset.slug, version: row.number }),
  );
}
