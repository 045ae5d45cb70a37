import * as z from 'zod';
import { quoteIdentifier } from '#lib/platform/tables/sql.ts';
import type { Bindings } from '../subsets/bindings.ts';
import { scoreBrackets } from '../subsets/brackets.ts';
import type { ClipRows } from '../subsets/clip-rows.ts';
import { controlLabel, controlPrefix, samplePrefix } from '../subsets/hash-texts.ts';
import { sampleSql } from '../subsets/predicate.ts';
import { removedOf } from '../subsets/rank.ts';
import type { CutPoint, Direction, SubsetDefinition } from '../subsets/schema.ts';
import { type RankedKey, selectRanks } from '../subsets/select-ranks.ts';
import { cutPoints, hashOfRank, type Place } from './cut-points.ts';
import type { AxisDefinition, AxisProgress } from './schema.ts';

/** What a fraction of an axis removes, and where it ends. */
export interface FractionCut {
  readonly fraction: number;
  readonly removed: number;
  readonly cut: CutPoint | null;
  /** Clips whose score is the cut value, and how many of them are removed. */
  readonly ties: { readonly clips: number; readonly removed: number } | null;
  /** The random drop: the largest control hash that is removed; null where none is. */
  readonly controlThreshold: string | null;
}

export interface AxisCuts {
  /** Clips of the version, of the base sample, and of those the ones without the score. */
  readonly clips: number;
  readonly sampled: number;
  readonly missing: number;
  readonly sample: SubsetDefinition['sample'];
  readonly fractions: readonly FractionCut[];
}

/**
 * Finds where an axis's cuts lie, exactly to the clip, as docs/subsets.md says.
 *
 * @param slug the axis's short name, which its random drops are seeded with
 */
export async function computeCuts(
  rows: ClipRows,
  slug: string,
  definition: AxisDefinition,
  onStep: (step: AxisProgress['step']) => void = () => undefined,
): Promise<AxisCuts> {
  onStep('sample');
  const { seed } = definition.sample;
  const base = await drawSample(rows, definition);
  const where = (bindings: Bindings) => sampleSql(base.sample, bindings);
  onStep('cuts');
  const removed = definition.fractions.map((fraction) => removedOf(fraction, base.sampled));
  const ranks = [...new Set(removed)].filter((rank) => rank > 0);
  const places = await placesOf(rows, definition, base, ranks);
  onStep('ties');
  const points = await cutPoints(rows, { ...definition, places, where });
  if (definition.hasControl) onStep('control');
  const fractions: FractionCut[] = [];
  for (const [index, fraction] of definition.fractions.entries()) {
    const rank = removed[index] ?? 0;
    const place = places.find((each) => each.rank === rank);
    const label = controlLabel(slug, fraction);
    fractions.push({
      fraction,
      removed: rank,
      cut: points.get(rank) ?? null,
      ties: place ? { clips: place.tied, removed: place.tieRank } : null,
      controlThreshold:
        definition.hasControl && rank > 0
          ? await hashOfRank(rows, {
              prefix: controlPrefix(seed, label),
              where,
              rank,
              clips: base.sampled,
            })
          : null,
    });
  }
  return { ...base, fractions };
}

const countRow = z.object({ clips: z.int(), present: z.int() });

/** Draws the base sample: as many clips as asked for, those with the smallest sample hashes. */
async function drawSample(
  rows: ClipRows,
  { score, sample: { size, seed }, missing }: AxisDefinition,
): Promise<Omit<AxisCuts, 'fractions'>> {
  const column = quoteIdentifier(score);
  const count = async (where: (bindings: Bindings) => string) => {
    const [row] = await rows.query(
      (bindings) =>
        `SELECT count(*) AS clips, count(${column}) AS present FROM ${rows.from} WHERE ${where(bindings)}`,
    );
    return countRow.parse(row);
  };
  const all = await count(() => 'TRUE');
  const present = missing === 'exclude' ? [score] : [];
  const pool = missing === 'exclude' ? all.present : all.clips;
  const isAll = size === null || size >= pool;
  const everything = { size, seed, present, threshold: null };
  if (isAll)
    return { clips: all.clips, sampled: pool, missing: pool - all.present, sample: everything };
  const threshold = await hashOfRank(rows, {
    prefix: samplePrefix(seed),
    where: (bindings) => sampleSql(everything, bindings),
    rank: size,
    clips: pool,
  });
  const sample = { ...everything, threshold };
  const inSample = await count((bindings) => sampleSql(sample, bindings));
  return {
    clips: all.clips,
    sampled: inSample.clips,
    missing: inSample.clips - inSample.present,
    sample,
  };
}

async function placesOf(
  rows: ClipRows,
  { score, direction, missing: policy }: AxisDefinition,
  { sampled, missing, sample }: Omit<AxisCuts, 'fractions'>,
  ranks: readonly number[],
): Promise<Place[]> {
  const present = sampled - missing;
  // Clips without the score stand at one end of the order.
  const [first, last] = policy === 'keep' ? [0, present] : [missing, sampled];
  const scored = ranks.filter((rank) => rank > first && rank <= last);
  const key = orderKey(score, direction);
  const question = {
    where: (bindings: Bindings) => sampleSql(sample, bindings),
    ranks: scored.map((rank) => rank - first),
  };
  const brackets =
    scored.length === 0 ? [] : await scoreBrackets(rows, { ...question, key, clips: present });
  const found = await selectRanks(rows, {
    ...question,
    key: () => key,
    keySchema: z.number(),
    brackets,
  });
  return ranks.map((rank): Place => {
    const at: RankedKey<number> | undefined = found[scored.indexOf(rank)];
    if (!at)
      return { rank, value: null, tieRank: rank - (policy === 'keep' ? last : 0), tied: missing };
    const value = direction === 'low' || at.key === 0 ? at.key : -at.key;
    return { rank, value, tieRank: rank - first - at.before, tied: at.clips };
  });
}

/** SQL that is smaller for worse clips. */
export function orderKey(score: string, direction: Direction): string {
  return direction === 'low' ? quoteIdentifier(score) : `-${quoteIdentifier(score)}`;
}
