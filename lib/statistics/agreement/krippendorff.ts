import { type AgreementValue, interval } from './agreement-value.ts';
import type { UnitRatings } from './unit-ratings.ts';

/** How far apart two values are: the squared difference functions of Krippendorff. */
export type Metric = 'nominal' | 'ordinal' | 'interval' | 'ratio';

/**
 * Krippendorff's alpha = 1 - observed / expected disagreement, for any number of raters and missing
 * ratings (Krippendorff 2011, "Computing Krippendorff's alpha-reliability"). Units with a single
 * rating say nothing. 1 is perfect agreement, 0 what chance gives.
 *
 * The standard error is the jackknife's over units, the interval that of t with units - 1 degrees
 * of freedom, within [-1, 1].
 *
 * @returns null where no unit has two ratings, or all ratings are the same value.
 */
export function krippendorffAlpha(
  ratings: UnitRatings,
  metric: Metric,
  level = 0.95,
): AgreementValue | null {
  const q = ratings.values.length;
  const pairs = new Float64Array(q * q);
  const totals = new Float64Array(q);
  let units = 0;
  const addUnit = (u: number, sign: number) => {
    const row = ratings.counts.subarray(u * q, (u + 1) * q);
    const own = row.reduce((sum, count) => sum + count, 0);
    if (own < 2) return false;
    for (let c = 0; c < q; c++) {
      const count = row[c] as number;
      if (count === 0) continue;
      totals[c] = (totals[c] as number) + sign * count;
      for (let k = 0; k < q; k++) {
        const both = count * ((row[k] as number) - (c === k ? 1 : 0));
        pairs[c * q + k] = (pairs[c * q + k] as number) + (sign * both) / (own - 1);
      }
    }
    return true;
  };
  for (let u = 0; u < ratings.units; u++) units += addUnit(u, 1) ? 1 : 0;
  const value = alphaOf(ratings.values, pairs, totals, metric);
  if (value === null) return null;
  const left: number[] = [];
  for (let u = 0; u < ratings.units; u++) {
    if (!addUnit(u, -1)) continue;
    const without = alphaOf(ratings.values, pairs, totals, metric);
    addUnit(u, 1);
    if (without !== null) left.push(without);
  }
  if (left.length < units || units < 2) return interval(value, null, units, level);
  const mean = left.reduce((sum, own) => sum + own, 0) / units;
  const squares = left.reduce((sum, own) => sum + (own - mean) ** 2, 0);
  return interval(value, Math.sqrt(((units - 1) / units) * squares), units, level);
}

function alphaOf(
  values: readonly number[],
  pairs: Float64Array,
  totals: Float64Array,
  metric: Metric,
): number | null {
  const q = values.length;
  const n = totals.reduce((sum, count) => sum + count, 0);
  let observed = 0;
  let expected = 0;
  for (let c = 0; c < q; c++) {
    for (let k = c + 1; k < q; k++) {
      const apart = distance(values, totals, metric, c, k);
      observed += apart * ((pairs[c * q + k] as number) + (pairs[k * q + c] as number));
      expected += 2 * apart * (totals[c] as number) * (totals[k] as number);
    }
  }
  return n > 1 && expected > 1e-12 ? 1 - ((n - 1) * observed) / expected : null;
}

function distance(
  values: readonly number[],
  totals: Float64Array,
  metric: Metric,
  c: number,
  k: number,
): number {
  const a = values[c] as number;
  const b = values[k] as number;
  if (metric === 'nominal') return 1;
  if (metric === 'interval') return (a - b) ** 2;
  if (metric === 'ratio') return a + b === 0 ? 0 : ((a - b) / (a + b)) ** 2;
  let between = -((totals[c] as number) + (totals[k] as number)) / 2;
  for (let g = c; g <= k; g++) between += totals[g] as number;
  return between ** 2;
}
