import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findVersion, type VersionAddress } from '../find-version.ts';

/** Names one axis of a version; without a number, of the newest one that is done. */
export interface AxisAddress extends VersionAddress {
  axis: string;
}

/**
 * The axis of this address, if the actor may do this in its project.
 *
 * @throws AppError NOT_FOUND or FORBIDDEN
 */
export async function findAxis(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  address: AxisAddress,
  permission: 'project.read' | 'project.write',
) {
  const { row: version, dataset } = await findVersion(platform, actor, address, permission);
  const row = await platform.database.datasetAxis.findUnique({
    where: { versionId_slug: { versionId: version.id, slug: address.axis } },
  });
  if (!row)
    throw new AppError(
      'NOT_FOUND',
      `Version ${version.number} of the dataset "${dataset.name}" has no axis "${address.axis}".`,
      { reason: 'axis' },
    );
  return { row, version, dataset };
}
