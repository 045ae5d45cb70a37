import type { Random } from '#lib/core/random.ts';
import { logGamma } from './log-gamma.ts';

/** Below this mean the sum of a few geometric gaps is faster and as exact. */
const RARE = 10;

/**
 * A binomial deviate: how many of n succeed, each with the chance p. By geometric gaps where few do
 * (Devroye 1986, X.4), else by transformed rejection (Hoermann 1993, algorithm BTRS); time does not
 * grow with n.
 */
export function drawBinomial(n: number, p: number, random: Random): number {
  if (n <= 0 || p <= 0) return 0;
  if (p >= 1) return n;
  if (p > 0.5) return n - drawBinomial(n, 1 - p, random);
  return n * p < RARE ? byGaps(n, p, random) : byRejection(n, p, random);
}

function byGaps(n: number, p: number, random: Random): number {
  const scale = Math.log1p(-p);
  let successes = -1;
  let at = 0;
  do {
    at += Math.floor(Math.log(1 - random.next()) / scale) + 1;
    successes++;
  } while (at <= n);
  return successes;
}

function byRejection(n: number, p: number, random: Random): number {
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const centre = n * p + 0.5;
  const alpha = (2.83 + 5.1 / b) * spread;
  const sure = 0.92 - 4.2 / b;
  const odds = Math.log(p / (1 - p));
  const mode = Math.floor((n + 1) * p);
  const top = logGamma(mode + 1) + logGamma(n - mode + 1);
  for (;;) {
    const u = random.next() - 0.5;
    const v = 1 - random.next();
    const near = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / near + b) * u + centre);
    if (near >= 0.07 && v <= sure) return k;
    if (k < 0 || k > n) continue;
    const bound = Math.log((v * alpha) / (a / (near * near) + b));
    if (bound <= top - logGamma(k + 1) - logGamma(n - k + 1) + (k - mode) * odds) return k;
  }
}
