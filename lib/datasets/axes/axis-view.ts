import type { Prisma } from '#lib/platform/database/client.ts';
import {
  type AxisDetail,
  type AxisSummary,
  axisDefinitionSchema,
  axisProgressSchema,
  axisResultSchema,
} from './schema.ts';

/** An axis as lists show it. */
export function axisSummary(
  row: Prisma.DatasetAxisGetPayload<object>,
  version: number,
): AxisSummary {
  const result = axisResultSchema.nullable().parse(row.result);
  return {
    slug: row.slug,
    name: row.name,
    version,
    state: row.state,
    problem: row.problem,
    definition: axisDefinitionSchema.parse(row.definition),
    sampled: result?.sampled ?? null,
    missing: result?.missing ?? null,
    cuts: result?.fractions.map(({ cut }) => cut) ?? [],
    createdAt: row.createdAt.toISOString(),
  };
}

/** An axis with all that was computed of it. */
export function axisDetail(
  row: Prisma.DatasetAxisGetPayload<object>,
  { version, dataset }: { version: number; dataset: string },
): AxisDetail {
  return {
    ...axisSummary(row, version),
    dataset,
    result: axisResultSchema.nullable().parse(row.result),
    progress: axisProgressSchema.nullable().parse(row.progress),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}
