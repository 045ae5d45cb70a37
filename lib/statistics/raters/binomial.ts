/** P(X >= count) for X binomial; 1 for count 0. Sums the shorter tail from its largest term. */
export function binomialTail(count: number, trials: number, share: number): number {
  if (count <= 0) return 1;
  if (count > trials || share <= 0) return 0;
  if (share >= 1) return 1;
  if (count <= trials * share) return 1 - lowerTail(count - 1, trials, share);
  return lowerTail(trials - count, trials, 1 - share);
}

/** The two-sided p-value of a binomial count: twice the smaller tail, at most 1. */
export function twoSidedBinomial(count: number, trials: number, share: number): number {
  const above = binomialTail(count, trials, share);
  const below = binomialTail(trials - count, trials, 1 - share);
  return Math.min(1, 2 * Math.min(above, below));
}

/** P(X <= count) for a count below the middle. */
function lowerTail(count: number, trials: number, share: number): number {
  const odds = share / (1 - share);
  let log = trials * Math.log1p(-share);
  let best = log;
  const logs = [log];
  for (let k = 1; k <= count; k++) {
    log += Math.log(((trials - k + 1) / k) * odds);
    logs.push(log);
    best = Math.max(best, log);
  }
  return Math.min(1, Math.exp(best) * logs.reduce((sum, value) => sum + Math.exp(value - best), 0));
}
