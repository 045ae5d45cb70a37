import type { Prisma } from '#lib/platform/database/client.ts';
import { manifestSummary } from '../manifests/manifest-view.ts';
import { combinedCountsSchema, type SubsetSummary, subsetDefinitionSchema } from './schema.ts';

/** What a query has to bring along. */
export const SUBSET_PARTS = {
  axis: { select: { slug: true } },
  manifests: { orderBy: { id: 'asc' } },
} as const satisfies Prisma.SubsetInclude;

/** A subset with the manifests that were made of it. */
export function subsetSummary(
  row: Prisma.SubsetGetPayload<{ include: typeof SUBSET_PARTS }>,
  place: { dataset: string; version: number },
): SubsetSummary {
  const definition = subsetDefinitionSchema.parse(row.definition);
  return {
    slug: row.slug,
    name: row.name,
    version: place.version,
    axis: row.axis?.slug ?? null,
    isControl: definition.control !== null,
    clips: Number(row.clips),
    definition,
    definitionHash: row.definitionHash,
    counts: combinedCountsSchema.nullable().parse(row.counts),
    manifests: row.manifests.map((manifest) =>
      manifestSummary(manifest, { ...place, subset: row.slug }),
    ),
    createdAt: row.createdAt.toISOString(),
  };
}
