import type { Matrix } from '../numeric/matrix.ts';
import { quantile } from '../numeric/quantile.ts';
import { differencesOf, drawsFor, largestT, seededDraws } from './draws.ts';

/** What joint uncertainty says about the order of arms. */
export interface RankRanges {
  /** The critical value of the largest |t| over all pairs. */
  readonly critical: number;
  /** 1 + the number of arms that are significantly better. */
  readonly low: Int32Array;
  /** K - the number of arms that are significantly worse. */
  readonly high: Int32Array;
  /** Share of draws from N(theta, V) in which the arm is first; sums to 1. */
  readonly best: Float64Array;
}

/**
 * Rank ranges that hold jointly, and P(best), by seeded draws from the normal (or t) distribution
 * with covariance V. Two arms differ where |t| exceeds the level's quantile of the largest |t| over
 * all pairs (max-t; Hothorn, Bretz and Westfall 2008), so that all ranges hold at once at that
 * level. Arms of different groups never differ significantly: nothing compares them.
 *
 * @param group the weak component of each arm.
 * @param df degrees of freedom of V; Infinity draws from the normal distribution.
 */
export function rankRanges(
  theta: Float64Array,
  vcov: Matrix,
  settings: {
    readonly level: number;
    readonly df: number;
    readonly seed: number | string;
    readonly group: Int32Array;
  },
): RankRanges {
  const k = theta.length;
  const low = new Int32Array(k).fill(1);
  const high = new Int32Array(k).fill(k);
  const best = new Float64Array(k);
  const pairs = differencesOf(vcov, k, (i, j) => settings.group[i] === settings.group[j]);
  const { first, second, inverse } = pairs;
  const count = drawsFor(first.length);
  const draws = seededDraws(vcov, k, settings.df, settings.seed);
  const largest = new Float64Array(count);
  for (let d = 0; d < count; d++) {
    const x = draws.next();
    // The opposite error is as likely, and its differences are as large: half the draws do.
    for (let sign = -1; k > 0 && sign <= 1; sign += 2) {
      let top = 0;
      let most = -Infinity;
      for (let i = 0; i < k; i++) {
        const at = (theta[i] as number) + sign * (x[i] as number);
        if (at > most) {
          most = at;
          top = i;
        }
      }
      best[top] = (best[top] as number) + 0.5 / count;
    }
    largest[d] = largestT(x, pairs) * draws.scale();
  }
  const critical = first.length > 0 ? quantile(largest.sort(), settings.level) : 0;
  for (let p = 0; p < first.length; p++) {
    const i = first[p] as number;
    const j = second[p] as number;
    const t = ((theta[i] as number) - (theta[j] as number)) * (inverse[p] as number);
    if (Math.abs(t) <= critical) continue;
    const [better, worse] = t > 0 ? [i, j] : [j, i];
    low[worse] = (low[worse] as number) + 1;
    high[better] = (high[better] as number) - 1;
  }
  return { critical, low, high, best };
}

/**
 * The level's quantile of the largest |t| over some differences (max-t), so that intervals of
 * estimate +- critical x se hold for all of them at once. 0 where there is no difference.
 */
export function jointCritical(
  vcov: Matrix,
  k: number,
  isWanted: (i: number, j: number) => boolean,
  settings: { readonly level: number; readonly df: number; readonly seed: number | string },
): number {
  const pairs = differencesOf(vcov, k, isWanted);
  if (pairs.first.length === 0) return 0;
  const draws = seededDraws(vcov, k, settings.df, settings.seed);
  const largest = new Float64Array(drawsFor(pairs.first.length)).map(
    () => largestT(draws.next(), pairs) * draws.scale(),
  );
  return quantile(largest.sort(), settings.level);
}

/**
 * Tiers: arms that equally many others significantly beat share one; numbered from 1 without gaps.
 */
export function tiersOf(low: Int32Array): Int32Array {
  const steps = [...new Set(low)].sort((a, b) => a - b);
  return low.map((value) => steps.indexOf(value) + 1);
}
