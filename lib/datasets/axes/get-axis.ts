import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { axisDetail } from './axis-view.ts';
import { type AxisAddress, findAxis } from './find-axis.ts';
import { type AxisDetail, axisResultSchema, type Overlap } from './schema.ts';

/**
 * An axis with its cuts, and its overlap with all axes of the version: of two axes, the one that was
 * computed later has counted it.
 *
 * @throws AppError NOT_FOUND or FORBIDDEN
 */
export async function getAxis(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  address: AxisAddress,
): Promise<AxisDetail> {
  const { row, version, dataset } = await findAxis(platform, actor, address, 'project.read');
  const detail = axisDetail(row, { version: version.number, dataset: dataset.slug });
  if (!detail.result) return detail;
  const own = new Set(detail.result.fractions.map(({ subset }) => subset));
  const others = await platform.database.datasetAxis.findMany({
    where: { versionId: version.id, NOT: { id: row.id } },
    orderBy: { id: 'asc' },
    select: { result: true },
  });
  const counted = others
    .flatMap(({ result }) => axisResultSchema.nullable().parse(result)?.overlaps ?? [])
    .filter(({ b }) => own.has(b))
    .map(turned);
  return {
    ...detail,
    result: { ...detail.result, overlaps: [...detail.result.overlaps, ...counted] },
  };
}

function turned({ a, b, clipsA, clipsB, both, jaccard }: Overlap): Overlap {
  return { a: b, b: a, clipsA: clipsB, clipsB: clipsA, both, jaccard };
}
