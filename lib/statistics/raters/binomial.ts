import { betaShare } from '../numeric/incomplete-beta.ts';

/** P(X >= count) for X binomial: I_share(count, trials - count + 1). */
export function binomialTail(count: number, trials: number, share: number): number {
  if (count <= 0) return 1;
  return count > trials ? 0 : betaShare(share, count, trials - count + 1);
}

/** The two-sided p-value of a binomial count: twice the smaller tail, at most 1. */
export function twoSidedBinomial(count: number, trials: number, share: number): number {
  const above = binomialTail(count, trials, share);
  const below = binomialTail(trials - count, trials, 1 - share);
  return Math.min(1, 2 * Math.min(above, below));
}
