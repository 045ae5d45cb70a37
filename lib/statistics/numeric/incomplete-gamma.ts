import { logGamma } from './log-gamma.ts';

/**
 * The upper regularised incomplete gamma function Q(a, x) = Gamma(a, x) / Gamma(a) for a > 0 and
 * x >= 0: its series below a + 1, Lentz's continued fraction above (Press et al., Numerical
 * Recipes, 6.2). Relative error about 1e-14, also far out in the tail.
 */
export function upperGammaShare(a: number, x: number): number {
  if (x <= 0) return 1;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < 10_000 && term > sum * 1e-17; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return Math.max(0, 1 - front * sum);
  }
  const floor = 1e-300;
  const keep = (value: number) => (Math.abs(value) < floor ? floor : value);
  let b = x + 1 - a;
  let c = 1 / floor;
  let d = 1 / keep(b);
  let h = d;
  for (let n = 1; n < 10_000; n++) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / keep(an * d + b);
    c = keep(b + an / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return front * h;
}
