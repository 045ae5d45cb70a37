import { normalQuantile } from './normal-quantile.ts';
import { NORMAL_FROM, studentTwoSided } from './student-cdf.ts';

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
  const below = (t: number) => 1 - studentTwoSided(t, df) / 2;
  let low = 0;
  let high = 2;
  while (below(high) < share) high *= 2;
  while (high - low > 1e-12 * high) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (below(middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
