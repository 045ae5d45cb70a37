import * as z from 'zod';
import { quoteIdentifier } from '#lib/platform/tables/sql.ts';
import type { ClipRows } from '../subsets/clip-rows.ts';
import { sampleSql, subsetSql } from '../subsets/predicate.ts';
import type { SubsetDefinition } from '../subsets/schema.ts';
import { orderKey } from './compute-cuts.ts';
import type { AxisDefinition, AxisFraction } from './schema.ts';

/** Clips shown on either side of a cut. */
const SHOWN = 8;

const uidRows = z.array(z.object({ uid: z.string() }));

/** The clips nearest to a cut by their score, on both sides; of equal scores the smallest uids. */
export async function clipsAround(
  rows: ClipRows,
  { score, direction, missing }: AxisDefinition,
  subset: SubsetDefinition,
): Promise<AxisFraction['around']> {
  if (subset.cuts.every(({ cut }) => cut === null)) return { removed: [], kept: [] };
  const key = orderKey(score, direction);
  // Clips without the score are the worst ones, or, where they are kept, the best.
  const [worst, best] = missing === 'keep' ? ['LAST', 'FIRST'] : ['FIRST', 'LAST'];
  const uid = quoteIdentifier('uid');
  const kept = await rows.query(
    (bindings) => `SELECT ${uid} FROM ${rows.from} WHERE ${subsetSql(subset, bindings)}
      ORDER BY ${key} ASC NULLS ${worst}, ${uid} LIMIT ${SHOWN}`,
  );
  const removed = await rows.query(
    (bindings) => `SELECT ${uid} FROM ${rows.from}
      WHERE ${sampleSql(subset.sample, bindings)} AND NOT coalesce(${subsetSql(subset, bindings)}, FALSE)
      ORDER BY ${key} DESC NULLS ${best}, ${uid} LIMIT ${SHOWN}`,
  );
  const uids = (found: unknown) => uidRows.parse(found).map((row) => row.uid);
  return { removed: uids(removed), kept: uids(kept) };
}
