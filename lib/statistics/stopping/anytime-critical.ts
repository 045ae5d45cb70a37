import { normalTwoSided } from '../numeric/normal-cdf.ts';
import { studentQuantile } from '../numeric/student-quantile.ts';
import { mixturePrecision, normalMixtureBound } from './normal-mixture.ts';

/**
 * By how many standard errors an estimate may be off if one looks again and again: estimate +- this
 * times its standard error is a normal-mixture confidence sequence. In units of one standard error
 * the boundary is normalMixtureBound(t) / sqrt(t), about 3.0 for 95 % near `timeBest` and never
 * below, where a single look needs 1.96.
 *
 * Time t counts clusters (raters, or prompts, whichever the standard error is clustered by), because
 * clusters are what is independent; votes of one rater are not. Only t / timeBest matters, so any
 * count that grows in step with the clusters does, such as votes where raters give about equally
 * many.
 *
 * Valid asymptotically (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas 2024, Annals of Statistics
 * 52:2613): the standard error must be the clustered one, and there must be enough clusters for it
 * to be near the truth, 10 at the very least. With `df` the boundary is widened to the same tail of
 * Student's t, which carries the uncertainty of a clustered error from few clusters; that is a
 * correction found to hold in simulation, not a theorem. It does not protect against effects that
 * no clustering sees, such as raters who change their mind over the study.
 *
 * @param time above 0, in the unit of `timeBest`.
 * @param timeBest where the boundary is narrowest; fixed before the first look.
 * @param level of all looks together, in (0, 1).
 * @param df degrees of freedom of the standard error; Infinity where it is known.
 */
export function anytimeCritical(
  time: number,
  timeBest: number,
  { level, df = Infinity }: { readonly level: number; readonly df?: number },
): number {
  const alpha = 1 - level;
  const z = normalMixtureBound(time, alpha, mixturePrecision(timeBest, alpha)) / Math.sqrt(time);
  if (df === Infinity) return z;
  const tail = normalTwoSided(z) / 2;
  // Below this 1 - tail is rounded to 1; no such boundary is met at levels in use.
  return tail > 1e-14 ? studentQuantile(1 - tail, df) : Infinity;
}
