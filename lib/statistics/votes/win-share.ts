import { normalQuantile } from '../numeric/normal-quantile.ts';

/** A share with its interval, all in [0, 1]; null where there is no vote. */
export interface Share {
  readonly share: number | null;
  readonly low: number;
  readonly high: number;
}

/**
 * A win share with Wilson's score interval (Wilson 1927), ties as half a win. Takes every vote as
 * independent of the others.
 *
 * @param level of the interval, in (0, 1).
 */
export function winShare(wins: number, losses: number, ties = 0, level = 0.95): Share {
  const n = wins + losses + ties;
  if (n === 0) return { share: null, low: 0, high: 1 };
  const share = (wins + ties / 2) / n;
  const z2 = normalQuantile((1 + level) / 2) ** 2;
  const centre = (share + z2 / (2 * n)) / (1 + z2 / n);
  const reach =
    (Math.sqrt(z2) / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  return { share, low: Math.max(0, centre - reach), high: Math.min(1, centre + reach) };
}
