import type { AnalysisPart } from './analysis/schema.ts';
import type { RankedArmView } from './schema.ts';

/**
 * The interval of an arm's win share in a study of two arms: clustered by rater and prompt where the
 * snapshot keeps it, else Wilson's. What the other arm does not win of the votes, this one does.
 */
export function shareInterval(
  own: Pick<RankedArmView, 'name' | 'winShareLow' | 'winShareHigh'>,
  headToHead: AnalysisPart['headToHead'],
): Pick<RankedArmView, 'winShareLow' | 'winShareHigh'> {
  const { low, high } = headToHead ?? {};
  if (low == null || high == null)
    return { winShareLow: own.winShareLow, winShareHigh: own.winShareHigh };
  return own.name === headToHead?.arm
    ? { winShareLow: low, winShareHigh: high }
    : { winShareLow: 1 - high, winShareHigh: 1 - low };
}
