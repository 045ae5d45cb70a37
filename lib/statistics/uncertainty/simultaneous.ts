import { type Random, seededRandom } from '#lib/core/random.ts';
import { type Matrix, squareRoot } from '../numeric/matrix.ts';
import { quantile } from '../numeric/quantile.ts';

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

const DRAWS = 100_000;
const FEWEST_DRAWS = 2_000;
const PAIR_BUDGET = 2e7;

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
  const first: number[] = [];
  const second: number[] = [];
  const precision: number[] = [];
  for (let i = 0; i < k; i++) {
    for (let j = i + 1; j < k; j++) {
      if (settings.group[i] !== settings.group[j]) continue;
      const variance =
        (vcov[i * k + i] as number) + (vcov[j * k + j] as number) - 2 * (vcov[i * k + j] as number);
      if (!(variance > 0)) continue;
      first.push(i);
      second.push(j);
      precision.push(1 / Math.sqrt(variance));
    }
  }
  const pairs = first.length;
  const draws = Math.min(
    DRAWS,
    Math.max(FEWEST_DRAWS, Math.floor(PAIR_BUDGET / Math.max(pairs, 1))),
  );
  const factor = squareRoot(vcov, k);
  const random = seededRandom(settings.seed);
  const normals = new Float64Array(k + (k % 2));
  const x = new Float64Array(k);
  const largest = new Float64Array(draws);
  const i32First = Int32Array.from(first);
  const i32Second = Int32Array.from(second);
  const inverse = Float64Array.from(precision);
  for (let d = 0; d < draws; d++) {
    fillNormal(normals, random);
    for (let i = 0; i < k; i++) {
      let sum = 0;
      for (let m = 0; m < k; m++) sum += (factor[i * k + m] as number) * (normals[m] as number);
      x[i] = sum;
    }
    let top = 0;
    for (let i = 1; i < k; i++) {
      if ((theta[i] as number) + (x[i] as number) > (theta[top] as number) + (x[top] as number)) {
        top = i;
      }
    }
    if (k > 0) best[top] = (best[top] as number) + 1 / draws;
    let most = 0;
    for (let p = 0; p < pairs; p++) {
      const t =
        Math.abs((x[i32First[p] as number] as number) - (x[i32Second[p] as number] as number)) *
        (inverse[p] as number);
      if (t > most) most = t;
    }
    largest[d] =
      settings.df === Infinity
        ? most
        : most / Math.sqrt(chiSquare(settings.df, random) / settings.df);
  }
  const critical = pairs > 0 ? quantile(largest.sort(), settings.level) : 0;
  for (let p = 0; p < pairs; p++) {
    const i = i32First[p] as number;
    const j = i32Second[p] as number;
    const t = ((theta[i] as number) - (theta[j] as number)) * (inverse[p] as number);
    if (Math.abs(t) <= critical) continue;
    const [better, worse] = t > 0 ? [i, j] : [j, i];
    low[worse] = (low[worse] as number) + 1;
    high[better] = (high[better] as number) - 1;
  }
  return { critical, low, high, best };
}

/**
 * Tiers: arms that equally many others significantly beat share one; numbered from 1 without gaps.
 */
export function tiersOf(low: Int32Array): Int32Array {
  const steps = [...new Set(low)].sort((a, b) => a - b);
  return low.map((value) => steps.indexOf(value) + 1);
}

/** Fills an array of even length with standard normal deviates (Box-Muller, both of the pair). */
function fillNormal(into: Float64Array, random: Random): void {
  for (let i = 0; i < into.length; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
    const angle = 2 * Math.PI * random.next();
    into[i] = radius * Math.cos(angle);
    into[i + 1] = radius * Math.sin(angle);
  }
}

/** A chi-square deviate: twice a gamma deviate of shape df / 2 (Marsaglia and Tsang 2000). */
function chiSquare(df: number, random: Random): number {
  const shape = df / 2;
  const lifted = shape < 1 ? shape + 1 : shape;
  const d = lifted - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = random.normal();
    const v = (1 + c * z) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - random.next()) >= 0.5 * z * z + d - d * v + d * Math.log(v)) continue;
    const boost = shape < 1 ? (1 - random.next()) ** (1 / shape) : 1;
    return 2 * d * v * boost;
  }
}
