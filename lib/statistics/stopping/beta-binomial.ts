import { betaShare } from '../numeric/incomplete-beta.ts';
import { logGamma } from '../numeric/log-gamma.ts';
import { mixturePrecision } from './normal-mixture.ts';

/**
 * A beta-binomial mixture (Howard, Ramdas, McAuliffe and Sekhon 2021, Annals of Statistics 49:1055,
 * propositions 6 and 7) for a sum S of steps that lie within [-below, above] around their mean:
 * exp of `logMartingale(s, v)` is a nonnegative supermartingale that starts at 1, so it exceeds
 * 1/alpha at any time with chance alpha at most (Ville).
 */
export interface BetaBinomialMixture {
  readonly below: number;
  readonly above: number;
  /** The mixture's own r: rho less below x above, and never quite 0. */
  readonly precision: number;
  /** One-sided mixtures bound S from above alone. */
  readonly isOneSided: boolean;
}

/**
 * @param timeBest the intrinsic time (v = below x above x steps) at which the bound is tightest.
 * @param alphaBest the error for which it is.
 */
export function betaBinomialMixture(
  timeBest: number,
  alphaBest: number,
  below: number,
  above: number,
  isOneSided: boolean,
): BetaBinomialMixture {
  const rho = mixturePrecision(timeBest, isOneSided ? 2 * alphaBest : alphaBest);
  const own = below * above;
  return { below, above, precision: Math.max(rho - own, 1e-3 * own), isOneSided };
}

/** The log of the mixture martingale where the sum is s and the intrinsic time v. */
export function logMartingale(mixture: BetaBinomialMixture, s: number, v: number): number {
  const { below: g, above: h, precision: r, isOneSided } = mixture;
  const width = g + h;
  const logMass = (a: number, b: number): number =>
    logGamma(a) +
    logGamma(b) -
    logGamma(a + b) +
    (isOneSided ? Math.log(betaShare(h / width, a, b)) : 0);
  return (
    (v / (g * h)) * Math.log(width) -
    ((v + h * s) / (h * width)) * Math.log(g) -
    ((v - g * s) / (g * width)) * Math.log(h) +
    logMass((r + v - g * s) / (g * width), (r + v + h * s) / (h * width)) -
    logMass(r / (g * width), r / (h * width))
  );
}

/** The smallest sum at which the mixture rejects at intrinsic time v; at most v / below. */
export function betaBinomialBound(mixture: BetaBinomialMixture, v: number, alpha: number): number {
  const threshold = Math.log(1 / alpha);
  let low = 0;
  let high = v / mixture.below;
  if (!(logMartingale(mixture, high * (1 - 1e-12), v) > threshold)) return high;
  while (high - low > 1e-13 * high) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (logMartingale(mixture, middle, v) > threshold) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

/**
 * An interval for a share that holds at all times at once: whoever looks after every vote finds the
 * true share outside it at any time with chance 1 - level at most. Exact at any number of votes, for
 * votes that are independent or at least have the same expected share whatever came before; a tie
 * may count as half a win, since the mixture holds for any steps in [0, 1]. Votes that share raters
 * or prompts are not independent: for those see `anytimeCritical`.
 *
 * @param wins successes among `votes`, halves allowed.
 * @param votesBest the number of votes at which the interval is narrowest; fixed before the study.
 */
export function anytimeShare(
  wins: number,
  votes: number,
  { level, votesBest }: { readonly level: number; readonly votesBest: number },
): { readonly low: number; readonly high: number } {
  if (!(votes > 0)) return { low: 0, high: 1 };
  const alpha = 1 - level;
  const isPossible = (p: number): boolean => {
    const mixture = betaBinomialMixture(votesBest * p * (1 - p), ALPHA_BEST, p, 1 - p, false);
    return logMartingale(mixture, wins - votes * p, votes * p * (1 - p)) < Math.log(1 / alpha);
  };
  const share = wins / votes;
  return { low: edge(0, share, isPossible), high: edge(1, share, isPossible) };
}

/** Intervals of every level are tightest where those of 95 % are. */
const ALPHA_BEST = 0.05;

/** Between a share that is ruled out (or an end of the scale) and one that is possible. */
function edge(outside: number, inside: number, isPossible: (share: number) => boolean): number {
  let out = outside;
  let within = inside;
  while (Math.abs(within - out) > 1e-12) {
    const middle = (out + within) / 2;
    if (isPossible(middle)) within = middle;
    else out = middle;
  }
  return out;
}
