import * as z from 'zod';
import type { Bindings } from '../subsets/bindings.ts';
import type { ClipRows } from '../subsets/clip-rows.ts';
import { subsetSql } from '../subsets/predicate.ts';
import type { SubsetDefinition } from '../subsets/schema.ts';
import type { Overlap } from './schema.ts';

/** Subsets of one axis, the largest first: each holds the next one. */
export interface NestedSubsets {
  readonly slugs: readonly string[];
  readonly definitions: readonly SubsetDefinition[];
}

/** SQL of how many of nested subsets hold a clip: subset i holds it where this is above i. */
export function levelSql({ definitions }: NestedSubsets, bindings: Bindings): string {
  const each = definitions.map(
    (definition) => `CASE WHEN ${subsetSql(definition, bindings)} THEN 1 ELSE 0 END`,
  );
  return each.length === 0 ? '0' : `(${each.join(' + ')})`;
}

const pairRow = z.object({ a: z.int(), b: z.int(), clips: z.int() });

/** How many clips each subset of one axis shares with each of another one, in one look at the table. */
export async function countOverlaps(
  rows: ClipRows,
  own: NestedSubsets,
  other: NestedSubsets,
): Promise<Overlap[]> {
  const found = await rows.query(
    (bindings) => `SELECT a, b, count(*) AS clips FROM (
        SELECT ${levelSql(own, bindings)} AS a, ${levelSql(other, bindings)} AS b FROM ${rows.from})
      GROUP BY a, b`,
  );
  const counts = z.array(pairRow).parse(found);
  const sum = (holds: (row: z.infer<typeof pairRow>) => boolean) =>
    counts.reduce((total, row) => (holds(row) ? total + row.clips : total), 0);
  return own.slugs.flatMap((a, i) =>
    other.slugs.map((b, j) =>
      overlapOf(a, b, {
        clipsA: sum((row) => row.a > i),
        clipsB: sum((row) => row.b > j),
        both: sum((row) => row.a > i && row.b > j),
      }),
    ),
  );
}

/** The overlap of two subsets by their counts. */
export function overlapOf(
  a: string,
  b: string,
  { clipsA, clipsB, both }: { clipsA: number; clipsB: number; both: number },
): Overlap {
  const either = clipsA + clipsB - both;
  return { a, b, clipsA, clipsB, both, jaccard: either === 0 ? 1 : both / either };
}
