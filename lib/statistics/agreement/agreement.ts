import type { VoteColumns } from '../votes/vote-columns.ts';
import type { AgreementValue } from './agreement-value.ts';
import { gwetAC1, percentAgreement } from './gwet.ts';
import { krippendorffAlpha } from './krippendorff.ts';
import { ratingsOfVotes, type UnitRatings } from './unit-ratings.ts';

/** How far raters agree; a measure is null where it can't be computed. */
export interface Agreement {
  readonly alphaNominal: AgreementValue | null;
  readonly alphaOrdinal: AgreementValue | null;
  readonly ac1: AgreementValue | null;
  readonly percent: AgreementValue | null;
  /** Units with a rating, and those of them with two or more. */
  readonly units: number;
  readonly sharedUnits: number;
  readonly ratings: number;
  readonly raters: number;
}

/**
 * How far raters agree on votes: a unit is a pair of arms on one prompt of one question; its ratings
 * are first, tie or second. Near 0.3 is usual for preferences: people differ, and close pairs are a
 * coin's throw; it is no gate.
 */
export function agreementOf(questions: readonly VoteColumns[], level = 0.95): Agreement {
  const raters = new Set<string>();
  for (const votes of questions) {
    const used = new Set(votes.rater ?? []);
    votes.raters.forEach((name, r) => {
      if (used.has(r)) raters.add(name);
    });
  }
  return agreementOfRatings(ratingsOfVotes(questions), raters.size, level);
}

/** The same for any ratings. */
export function agreementOfRatings(ratings: UnitRatings, raters: number, level = 0.95): Agreement {
  const q = ratings.values.length;
  let sharedUnits = 0;
  let count = 0;
  for (let u = 0; u < ratings.units; u++) {
    let own = 0;
    for (let c = 0; c < q; c++) own += ratings.counts[u * q + c] as number;
    count += own;
    if (own >= 2) sharedUnits++;
  }
  const freeze = (value: AgreementValue | null) => (value === null ? null : Object.freeze(value));
  return Object.freeze({
    alphaNominal: freeze(krippendorffAlpha(ratings, 'nominal', level)),
    alphaOrdinal: freeze(krippendorffAlpha(ratings, 'ordinal', level)),
    ac1: freeze(gwetAC1(ratings, level)),
    percent: freeze(percentAgreement(ratings, level)),
    units: ratings.units,
    sharedUnits,
    ratings: count,
    raters,
  });
}
