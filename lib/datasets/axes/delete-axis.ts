import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { type AxisAddress, findAxis } from './find-axis.ts';

/**
 * Deletes an axis with its subsets and manifests.
 *
 * @throws AppError CONFLICT where a study is about it; NOT_FOUND or FORBIDDEN
 */
export async function deleteAxis(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  address: AxisAddress,
): Promise<void> {
  const { row, version, dataset } = await findAxis(platform, actor, address, 'project.write');
  const { database } = platform;
  const studies = await database.$queryRaw<{ slug: string }[]>`
    select distinct slug from study
    where project_id = ${dataset.projectId}
      and spec -> 'axis' -> 'dataset' ->> 'dataset' = ${dataset.slug}
      and spec -> 'axis' -> 'dataset' ->> 'version' = ${String(version.number)}
      and spec -> 'axis' -> 'dataset' ->> 'axis' = ${row.slug}
    order by slug`;
  if (studies.length > 0)
    throw new AppError(
      'CONFLICT',
      `The axis "${row.name}" is what ${studies.map(({ slug }) => slug).join(', ')} is about; it stays.`,
      { reason: 'axis-in-use' },
    );
  await database.datasetAxis.delete({ where: { id: row.id } });
}
