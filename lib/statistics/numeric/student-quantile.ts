import { normalQuantile } from './normal-quantile.ts';

/** Above this many degrees of freedom t is normal to 1e-7. */
const NORMAL_FROM = 1e7;

/**
 * The quantile of Student's t, by bisection on its distribution function to 1e-12.
 *
 * @param share in (0, 1).
 * @param df degrees of freedom, above 0; Infinity is the normal distribution.
 */
export function studentQuantile(share: number, df: number): number {
  if (df >= NORMAL_FROM) return normalQuantile(share);
  if (share === 0.5) return 0;
  if (share < 0.5) return -studentQuantile(1 - share, df);
  let low = 0;
  let high = 2;
  while (studentCdf(high, df) < share) high *= 2;
  while (high - low > 1e-12 * high) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (studentCdf(middle, df) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(T <= t) for t >= 0: 1 - I_x(df / 2, 1 / 2) / 2 with x = df / (df + t^2). */
function studentCdf(t: number, df: number): number {
  return 1 - betaShare(df / (df + t * t), df / 2, 0.5) / 2;
}

/** The regularised incomplete beta function by Lentz's continued fraction (Numerical Recipes 6.4). */
function betaShare(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x),
  );
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(x, a, b)) / a
    : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

function betaFraction(x: number, a: number, b: number): number {
  const floor = 1e-300;
  const keep = (value: number) => (Math.abs(value) < floor ? floor : value);
  let c = 1;
  let d = 1 / keep(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m < 1000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / keep(1 + even * d);
    c = keep(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / keep(1 + odd * d);
    c = keep(1 + odd / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return h;
}

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
];

/** log Gamma(x) for x > 0 (Lanczos, g = 7, n = 9; error about 1e-15). */
function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  let sum = LANCZOS[0] as number;
  for (let i = 1; i < LANCZOS.length; i++) sum += (LANCZOS[i] as number) / (x - 1 + i);
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}
