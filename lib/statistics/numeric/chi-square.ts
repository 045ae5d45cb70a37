import { upperGammaShare } from './incomplete-gamma.ts';

/**
 * P(X >= x) for a chi-square variable: Q(df / 2, x / 2).
 *
 * @param df degrees of freedom; 0 is the constant 0.
 */
export function chiSquareTail(x: number, df: number): number {
  if (df <= 0) return x > 0 ? 0 : 1;
  return upperGammaShare(df / 2, x / 2);
}
