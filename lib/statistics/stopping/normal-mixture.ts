/**
 * The mixing precision rho that makes the normal-mixture boundary tightest at intrinsic time
 * `timeBest`: timeBest / (2 log(1/alpha) + log(1 + 2 log(1/alpha))) (Howard, Ramdas, McAuliffe and
 * Sekhon 2021, Annals of Statistics 49:1055, proposition 3).
 *
 * @param alpha two-sided error, in (0, 1).
 */
export function mixturePrecision(timeBest: number, alpha: number): number {
  const nats = 2 * Math.log(1 / alpha);
  return timeBest / (nats + Math.log1p(nats));
}

/**
 * The two-sided normal-mixture boundary (Robbins 1970; Howard et al. 2021, equation 14):
 * sqrt((v + rho) log((v + rho) / (rho alpha^2))). A sum of independent steps that are sub-Gaussian
 * with variance 1 in all by intrinsic time 1 stays within +- this at all times v at once with chance
 * 1 - alpha or more: one may look after every step.
 *
 * @param time the intrinsic time (variance summed so far), above 0.
 * @param precision rho, fixed before the first look: see `mixturePrecision`.
 */
export function normalMixtureBound(time: number, alpha: number, precision: number): number {
  return Math.sqrt((time + precision) * (Math.log1p(time / precision) + 2 * Math.log(1 / alpha)));
}
