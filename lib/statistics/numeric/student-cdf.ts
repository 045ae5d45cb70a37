import { betaShare } from './incomplete-beta.ts';
import { normalTwoSided } from './normal-cdf.ts';

/** Above this many degrees of freedom t is normal to 1e-7. */
export const NORMAL_FROM = 1e7;

/**
 * P(|T| >= |t|) for Student's t: I_x(df / 2, 1 / 2) with x = df / (df + t^2).
 *
 * @param df degrees of freedom, above 0; Infinity is the normal distribution.
 */
export function studentTwoSided(t: number, df: number): number {
  if (df >= NORMAL_FROM) return normalTwoSided(t);
  return betaShare(df / (df + t * t), df / 2, 0.5);
}
