import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findVersion, type VersionAddress } from '../find-version.ts';
import { axisSummary } from './axis-view.ts';
import type { AxisSummary } from './schema.ts';

/** The axes of a version, oldest first. @throws AppError NOT_FOUND or FORBIDDEN */
export async function listAxes(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  address: VersionAddress,
): Promise<AxisSummary[]> {
  const { row } = await findVersion(platform, actor, address, 'project.read');
  const axes = await platform.database.datasetAxis.findMany({
    where: { versionId: row.id },
    orderBy: { id: 'asc' },
  });
  return axes.map((axis) => axisSummary(axis, row.number));
}
