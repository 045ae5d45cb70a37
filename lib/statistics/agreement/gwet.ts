import { type AgreementValue, interval } from './agreement-value.ts';
import type { UnitRatings } from './unit-ratings.ts';

/**
 * Gwet's AC1 = (pa - pe) / (1 - pe) with pe = sum of p (1 - p) / (q - 1), p the mean share of each of
 * the q values (Gwet 2008; 2014, "Handbook of Inter-Rater Reliability", 4th edition, for several raters
 * and missing ratings). Steadier than alpha where one value is common. The standard error is that of
 * the linearised statistic over units; the interval is of t with units - 1 degrees of freedom.
 *
 * @returns null where no unit has two ratings.
 */
export function gwetAC1(ratings: UnitRatings, level = 0.95): AgreementValue | null {
  const { values, units: n, counts } = ratings;
  const q = values.length;
  const agreement = agreementOfUnits(ratings);
  if (agreement === null) return null;
  // One value alone: everybody agrees, and no chance is in it.
  if (q < 2) return interval(1, 0, n, level);
  const shareOf = (u: number, c: number) =>
    (counts[u * q + c] as number) / (agreement.sizes[u] as number);
  const shares = Float64Array.from({ length: q }, (_, c) => {
    let sum = 0;
    for (let u = 0; u < n; u++) sum += shareOf(u, c);
    return sum / n;
  });
  const pe = shares.reduce((sum, share) => sum + share * (1 - share), 0) / (q - 1);
  const value = (agreement.mean - pe) / (1 - pe);
  let squares = 0;
  for (let u = 0; u < n; u++) {
    let chance = 0;
    for (let c = 0; c < q; c++) chance += (shareOf(u, c) * (1 - (shares[c] as number))) / (q - 1);
    const own = agreement.own[u] as number;
    const plain = Number.isNaN(own) ? 0 : ((own - pe) / (1 - pe)) * (n / agreement.rated);
    squares += (plain - (2 * (1 - value) * (chance - pe)) / (1 - pe) - value) ** 2;
  }
  return interval(value, Math.sqrt(squares / (n * (n - 1))), n, level);
}

/**
 * The share of pairs of ratings of the same unit that agree, averaged over the units that have two
 * ratings, with the standard error over units and the interval of t.
 *
 * @returns null where no unit has two ratings.
 */
export function percentAgreement(ratings: UnitRatings, level = 0.95): AgreementValue | null {
  const agreement = agreementOfUnits(ratings);
  if (agreement === null) return null;
  const { mean, own, rated } = agreement;
  const n = ratings.units;
  let squares = 0;
  for (const share of own) {
    squares += ((Number.isNaN(share) ? 0 : (share * n) / rated) - mean) ** 2;
  }
  return interval(mean, Math.sqrt(squares / (n * (n - 1))), n, level, 0);
}

/** Agreement within each unit (not a number where it has one rating), and its mean. */
function agreementOfUnits({ values, units, counts }: UnitRatings) {
  const q = values.length;
  const sizes = new Float64Array(units);
  const own = new Float64Array(units);
  let rated = 0;
  let sum = 0;
  for (let u = 0; u < units; u++) {
    let size = 0;
    let pairs = 0;
    for (let c = 0; c < q; c++) {
      const count = counts[u * q + c] as number;
      size += count;
      pairs += count * (count - 1);
    }
    sizes[u] = size;
    own[u] = pairs / (size * (size - 1));
    if (size < 2) continue;
    rated++;
    sum += own[u] as number;
  }
  return rated === 0 ? null : { sizes, own, rated, mean: sum / rated };
}
