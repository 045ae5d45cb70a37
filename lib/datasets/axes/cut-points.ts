import * as z from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { quoteIdentifier } from '#lib/platform/tables/sql.ts';
import type { Bindings } from '../subsets/bindings.ts';
import { hashBrackets } from '../subsets/brackets.ts';
import type { ClipRows } from '../subsets/clip-rows.ts';
import { tiePrefix } from '../subsets/hash-texts.ts';
import { hashSql } from '../subsets/predicate.ts';
import { type CutPoint, hashSchema } from '../subsets/schema.ts';
import { selectRanks } from '../subsets/select-ranks.ts';
import type { AxisDefinition } from './schema.ts';

/** The point of a rank among the sampled clips, before its tie hash is known. */
export interface Place {
  readonly rank: number;
  readonly value: number | null;
  /** Rank within the clips of this value, and their number. */
  readonly tieRank: number;
  readonly tied: number;
}

/** So many tied clips are listed and looked through here, those of all cuts at once. */
const FEW_TIED = 5000;

const tieRow = z.object({ value: z.number().nullable(), hash: hashSchema });

/** Finds for each place the tie hash of the last clip that goes. */
export async function cutPoints(
  rows: ClipRows,
  {
    score,
    sample: { seed },
    places,
    where,
  }: Pick<AxisDefinition, 'score' | 'sample'> & {
    places: readonly Place[];
    where: (bindings: Bindings) => string;
  },
): Promise<Map<number, CutPoint>> {
  const isTied = (values: readonly (number | null)[], bindings: Bindings) =>
    values
      .map((value) =>
        value === null
          ? `${quoteIdentifier(score)} IS NULL`
          : `${quoteIdentifier(score)} = ${bindings.number(value)}`,
      )
      .join(' OR ');
  const few = places.filter(({ tied }) => tied <= FEW_TIED / places.length);
  const found =
    few.length === 0
      ? []
      : await rows.query(
          (bindings) =>
            `SELECT ${quoteIdentifier(score)} AS value, ${hashSql(tiePrefix(seed), bindings)} AS hash
             FROM ${rows.from}
             WHERE ${where(bindings)} AND (${isTied(
               few.map(({ value }) => value),
               bindings,
             )}) ORDER BY hash`,
        );
  const listed = z.array(tieRow).parse(found);
  const points = new Map<number, CutPoint>();
  for (const { rank, value, tieRank, tied } of places) {
    const hashes = listed.filter((row) => row.value === value).map(({ hash }) => hash);
    const tieHash =
      (hashes.length === tied ? hashes[tieRank - 1] : undefined) ??
      (await hashOfRank(rows, {
        prefix: tiePrefix(seed),
        where: (bindings) => `${where(bindings)} AND (${isTied([value], bindings)})`,
        rank: tieRank,
        clips: tied,
      }));
    points.set(rank, { value, tieHash });
  }
  return points;
}

/**
 * The hash of this rank among the clips that take part.
 *
 * @throws AppError CONFLICT where two clips have this very hash, which 128 bits make next to impossible
 */
export async function hashOfRank(
  rows: ClipRows,
  {
    prefix,
    where,
    rank,
    clips,
  }: {
    prefix: string;
    where: (bindings: Bindings) => string;
    rank: number;
    clips: number;
  },
): Promise<string> {
  const [found] = await selectRanks(rows, {
    key: (bindings) => hashSql(prefix, bindings),
    keySchema: hashSchema,
    where,
    ranks: [rank],
    brackets: hashBrackets([rank], clips),
  });
  if (found?.clips !== 1)
    throw new AppError('CONFLICT', 'Two clips have the same hash; choose another seed.', {
      field: 'seed',
    });
  return found.key;
}
