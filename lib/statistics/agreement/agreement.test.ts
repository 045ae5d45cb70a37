import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import raw4raters from '#tests/golden/irrcac_raw4raters/reference.json' with { type: 'json' };
import codings from '#tests/golden/krippendorff_codings/reference.json' with { type: 'json' };
import wikipedia from '#tests/golden/krippendorff_wikipedia/reference.json' with { type: 'json' };
import { collectVotes, type Outcome } from '../votes/vote-columns.ts';
import { agreementOf } from './agreement.ts';
import { gwetAC1, percentAgreement } from './gwet.ts';
import { krippendorffAlpha } from './krippendorff.ts';
import { ratingsOfTable } from './unit-ratings.ts';

describe.each([
  ['the example of Krippendorff 2011', codings],
  ["Wikipedia's example", wikipedia],
])('%s', (_, reference) => {
  for (const metric of ['nominal', 'ordinal', 'interval', 'ratio'] as const) {
    test(metric, () => {
      const alpha = krippendorffAlpha(ratingsOfTable(reference.units), metric);
      expect(Math.abs((alpha?.value ?? 0) - reference[metric])).toBeLessThan(reference.tolerance);
    });
  }
});

test("irrCAC's four raters: values, errors and intervals", () => {
  const ratings = {
    values: [1, 2, 3, 4, 5],
    units: raw4raters.units.length,
    counts: Float64Array.from(raw4raters.units.flat()),
  };
  const near = (value: number | null | undefined, expected: number) =>
    expect(Math.abs((value ?? Infinity) - expected)).toBeLessThan(5.001e-6);
  const ac1 = gwetAC1(ratings);
  near(ac1?.value, raw4raters.ac1.value);
  near(ac1?.se, raw4raters.ac1.se);
  expect(ac1?.low).toBeCloseTo(0.461, 3);
  expect(ac1?.high).toBe(1);
  const percent = percentAgreement(ratings);
  near(percent?.value, raw4raters.percent.value);
  near(percent?.se, raw4raters.percent.se);
  const alpha = krippendorffAlpha(ratings, 'nominal');
  near(alpha?.value, raw4raters.krippendorff.value);
  // The jackknife's error is not irrCAC's, but near it.
  expect(alpha?.se).toBeCloseTo(raw4raters.krippendorff.se, 2);
});

type Row = readonly [string, string, Outcome, string, string];

function votesOf(rows: readonly Row[]) {
  const votes = collectVotes();
  for (const [left, right, outcome, rater, prompt] of rows) {
    votes.add({ left, right, outcome, rater, prompt });
  }
  return votes.columns();
}

const SWAPPED = { left: 'right', right: 'left', tie: 'tie' } as const;
const rows = fc.array(
  fc
    .tuple(
      fc.constantFrom('a', 'b', 'c'),
      fc.constantFrom('a', 'b', 'c'),
      fc.constantFrom<Outcome>('left', 'right', 'tie'),
      fc.constantFrom('r', 's', 't'),
      fc.constantFrom('p', 'q'),
    )
    .filter(([left, right]) => left !== right),
);

const rounded = (value: object) =>
  JSON.parse(JSON.stringify(value), (_, part) =>
    typeof part === 'number' ? Number(part.toFixed(9)) + 0 : part,
  );

test('the side, the order of the votes and the order of the arms do not matter; never NaN', () => {
  fc.assert(
    fc.property(rows, (votes) => {
      const agreement = agreementOf([votesOf(votes)]);
      const turned = votes.map(
        ([left, right, outcome, rater, prompt]): Row => [
          right,
          left,
          SWAPPED[outcome],
          rater,
          prompt,
        ],
      );
      expect(rounded(agreementOf([votesOf(turned.reverse())]))).toEqual(rounded(agreement));
      for (const measure of ['alphaNominal', 'alphaOrdinal', 'ac1', 'percent'] as const) {
        for (const number of Object.values(agreement[measure] ?? {})) {
          expect(number === null || Number.isFinite(number)).toBe(true);
        }
      }
      expect(agreement.ratings).toBe(votes.length);
    }),
    { numRuns: 200 },
  );
});

test('raters who always agree, never agree, or never judge the same', () => {
  const same = votesOf([
    ['a', 'b', 'left', 'r', 'p'],
    ['b', 'a', 'right', 's', 'p'],
    ['a', 'b', 'right', 'r', 'q'],
    ['a', 'b', 'right', 's', 'q'],
  ]);
  expect(agreementOf([same])).toMatchObject({
    alphaNominal: { value: 1 },
    ac1: { value: 1 },
    percent: { value: 1, low: 1, high: 1 },
    ...{ units: 2, sharedUnits: 2, ratings: 4, raters: 2 },
  });
  const apart = votesOf([
    ['a', 'b', 'left', 'r', 'p'],
    ['a', 'b', 'right', 's', 'p'],
  ]);
  expect(agreementOf([apart]).alphaNominal).toEqual({ value: 0, se: null, low: null, high: null });
  const alone = votesOf([['a', 'b', 'left', 'r', 'p']]);
  expect(agreementOf([alone])).toMatchObject({ alphaNominal: null, ac1: null, percent: null });
  expect(agreementOf([])).toMatchObject({ alphaOrdinal: null, units: 0, raters: 0 });
});
