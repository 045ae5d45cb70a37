import { studentQuantile } from '#lib/statistics/numeric/student-quantile.ts';
import type { Intervals } from '#lib/statistics/ranking/ranking.ts';
import { estimateStrengths } from '#lib/statistics/uncertainty/estimate.ts';
import { simulateStudy, type Truth, visibleStrengths } from './paper-design.ts';

/** A share with its Monte Carlo standard error. */
export interface Measured {
  readonly share: number;
  readonly error: number;
}

/** How often 95 % intervals of strengths hold, by kind of interval; the mean over the arms. */
export function intervalCoverage(
  truth: Truth,
  kinds: readonly Intervals[],
  studies: number,
  seed: string,
): ReadonlyMap<Intervals, Measured> {
  const expected = visibleStrengths(truth);
  const held = new Map(kinds.map((kind) => [kind, [] as number[]]));
  for (let s = 0; s < studies; s++) {
    const question = simulateStudy(truth, `${seed} ${s}`);
    for (const kind of kinds) {
      const { theta, vcov, df } = estimateStrengths([question], {
        ...{ method: 'davidson', ties: 'half', ridge: undefined },
        intervals: kind,
      });
      const reach = studentQuantile(0.975, df);
      const k = theta.length;
      let inside = 0;
      for (let i = 0; i < k; i++) {
        const off = Math.abs((theta[i] as number) - (expected[i] as number));
        if (off <= reach * Math.sqrt(vcov[i * k + i] as number)) inside++;
      }
      held.get(kind)?.push(inside / k);
    }
  }
  return new Map([...held].map(([kind, shares]) => [kind, measure(shares)]));
}

/** The mean of shares of independent studies. */
export function measure(shares: readonly number[]): Measured {
  const n = shares.length;
  const mean = shares.reduce((sum, share) => sum + share, 0) / n;
  const squares = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0);
  return { share: mean, error: Math.sqrt(squares / Math.max(1, n * (n - 1))) };
}
