import { bradleyTerry } from '../models/bradley-terry.ts';
import { davidson } from '../models/davidson.ts';
import { fitPairs } from '../models/fit.ts';
import type { Matrix } from '../numeric/matrix.ts';
import { type PairCounts, total } from '../votes/pair-counts.ts';

/**
 * What is believed of the strengths of arms: normal with mean `theta` (natural log, mean zero) and
 * covariance `vcov`, in the order of the counts' arms; `tieParameter` is Davidson's nu, or 0.
 */
export interface StrengthPosterior {
  readonly theta: Float64Array;
  readonly vcov: Matrix;
  readonly tieParameter: number;
}

/** Every pair of arms, `first[p] < second[p]` in ascending order, and what one vote on it tells. */
export interface PairGains {
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** In nats; never below 0. */
  readonly gain: Float64Array;
}

/** The prior of strengths is normal with variance 1 / PRIOR_RIDGE: a standard deviation of 174 Elo. */
const PRIOR_RIDGE = 1;

/**
 * Laplace's approximation of the posterior of strengths under a normal prior: the ridge estimate and
 * the inverse of its information. Davidson's model where votes are both decided and tied, else
 * Bradley-Terry with ties as half. Exists for any votes, none included, and for arms that never met,
 * whose difference then is as uncertain as the prior says.
 *
 * @param ridge 1 / variance of the prior, above 0.
 */
export function strengthPosterior(counts: PairCounts, ridge = PRIOR_RIDGE): StrengthPosterior {
  const decided = total(counts.firstWins) + total(counts.secondWins);
  const hasTies = decided > 0 && total(counts.ties) > 0;
  const fit = fitPairs(counts, hasTies ? davidson : bradleyTerry('half'), ridge);
  const k = counts.size;
  const n = fit.parameters;
  const vcov = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) vcov[i * k + j] = fit.inverse[i * n + j] as number;
  }
  return {
    theta: fit.theta,
    vcov,
    tieParameter: fit.logTie === null ? 0 : Math.exp(fit.logTie),
  };
}

/**
 * The expected information gain of one more vote on each pair: 0.5 log(1 + I d'Vd), where d'Vd is the
 * variance of the pair's difference u and I the Fisher information of one vote about u. Without ties
 * I = p (1 - p); under Davidson I = (p + q - (p - q)^2) / 4 with p and q the chances that either
 * wins. It is the fall of the differential entropy of a normal posterior that one vote brings
 * (Lindley 1956; as a normal approximation, MacKay 1992). Arms that never met have the widest
 * difference, so pairs that join separate groups come first by themselves.
 *
 * @param posteriors one a question that is asked of the same two clips; their gains add up.
 * @throws RangeError where the posteriors are over different numbers of arms, or there is none.
 */
export function pairGains(posteriors: readonly StrengthPosterior[]): PairGains {
  const k = posteriors[0]?.theta.length;
  if (k === undefined || posteriors.some(({ theta }) => theta.length !== k)) {
    throw new RangeError('Pair gains need one posterior or more, all over the same arms.');
  }
  const pairs = (k * (k - 1)) / 2;
  const first = new Int32Array(pairs);
  const second = new Int32Array(pairs);
  const gain = new Float64Array(pairs);
  let p = 0;
  for (let i = 0; i < k; i++) {
    for (let j = i + 1; j < k; j++, p++) {
      first[p] = i;
      second[p] = j;
      let sum = 0;
      for (const { theta, vcov, tieParameter } of posteriors) {
        const variance =
          (vcov[i * k + i] as number) +
          (vcov[j * k + j] as number) -
          2 * (vcov[i * k + j] as number);
        const information = voteInformation(
          (theta[i] as number) - (theta[j] as number),
          tieParameter,
        );
        sum += 0.5 * Math.log1p(information * Math.max(0, variance));
      }
      gain[p] = sum;
    }
  }
  return { first, second, gain };
}

/**
 * Fisher information of one vote about the difference u of two natural-log strengths, under Davidson
 * with tie parameter nu; p (1 - p) where nu is 0.
 */
export function voteInformation(u: number, nu: number): number {
  // Weights of a win, a loss and a tie, scaled by the winner's so that nothing overflows.
  const loss = Math.exp(-Math.abs(u));
  const tie = nu * Math.exp(-Math.abs(u) / 2);
  const sum = 1 + loss + tie;
  const p = 1 / sum;
  const q = loss / sum;
  return (p + q - (p - q) ** 2) / 4;
}

/**
 * The chance with which each pair is drawn next: in proportion to its gain, mixed with the uniform
 * distribution so that every pair keeps at least `explorationFloor` / pairs. No propensity is ever
 * 0, and they sum to 1. Without any gain, uniform.
 *
 * @param gain of each pair, finite and not below 0.
 * @param explorationFloor the share drawn without regard to gains, in (0, 1].
 * @throws RangeError for a floor outside (0, 1].
 */
export function pairProbabilities(
  { gain }: Pick<PairGains, 'gain'>,
  { explorationFloor }: { readonly explorationFloor: number },
): Float64Array {
  if (!(explorationFloor > 0 && explorationFloor <= 1)) {
    throw new RangeError(
      `The exploration floor must be above 0 and at most 1; got ${explorationFloor}.`,
    );
  }
  const sum = total(gain);
  const even = 1 / gain.length;
  if (!(sum > 0)) return gain.map(() => even);
  return gain.map((value) => explorationFloor * even + (1 - explorationFloor) * (value / sum));
}
