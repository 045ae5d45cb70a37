import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '#lib/core/random.ts';
import type { HalfSums } from '#lib/studies/quality/exclusion-halves.ts';
import type { ExclusionCause } from '#lib/studies/quality/schema.ts';
import { exclusionAlarm, exclusionShifts } from './exclusion-share.ts';

interface Rater {
  readonly because: ExclusionCause | null;
  readonly before: number;
  readonly after: number;
}

/** What the database sums up. */
function sumsOf(raters: readonly Rater[]): HalfSums[] {
  return [...Map.groupBy(raters, ({ because }) => because)].map(([because, own]) => {
    const sum = (value: (rater: Rater) => number) =>
      own.reduce((total, rater) => total + value(rater), 0);
    return {
      because,
      raters: own.length,
      before: sum(({ before }) => before),
      after: sum(({ after }) => after),
      beforeSquared: sum(({ before }) => before ** 2),
      afterSquared: sum(({ after }) => after ** 2),
      product: sum(({ before, after }) => before * after),
    };
  });
}

const honest = (raters: number, before: number, after: number): Rater[] =>
  Array.from({ length: raters }, () => ({ because: null, before, after }));
const bots = (because: ExclusionCause, raters: number, before: number, after: number): Rater[] =>
  Array.from({ length: raters }, () => ({ because, before, after }));

test('without exclusions, or before there are two halves, nothing is said', () => {
  expect(exclusionShifts([])).toEqual([]);
  expect(exclusionShifts(sumsOf(honest(10, 20, 20)))).toEqual([]);
  expect(exclusionShifts(sumsOf(bots('random', 1, 0, 5)))).toEqual([]);
});

test('a wave of careless raters in the newer half raises the alarm, with its cause', () => {
  const shifts = exclusionShifts(
    sumsOf([...honest(40, 30, 0), ...honest(25, 0, 30), ...bots('random', 15, 0, 30)]),
  );
  expect(shifts.map(({ because }) => because)).toEqual([null, 'random']);
  expect(shifts[1]).toMatchObject({ before: 0, after: 15 / 40 });
  expect(exclusionAlarm(shifts)).toBe(
    'The share of votes left out with their raters for answering at random has changed: 0 % of the older half of the votes, 37.5 % of the newer half (p < 0.001). See where the raters of late came from.',
  );
});

test('causes that change together are told as their sum only when none does so alone', () => {
  const shifts = exclusionShifts(
    sumsOf([
      ...honest(60, 30, 0),
      ...honest(48, 0, 30),
      ...bots('random', 6, 0, 30),
      ...bots('fast', 6, 0, 30),
    ]),
  );
  expect(shifts[0]?.p).toBeLessThan(0.001);
  const alarm = exclusionAlarm(shifts.filter(({ because }) => because === null));
  expect(alarm).toContain('their raters has changed: 0 %');
});

test('one rater, or a change below five points, raises no alarm', () => {
  const one = exclusionShifts(
    sumsOf([...honest(8, 30, 0), ...honest(7, 0, 30), ...bots('gold', 1, 0, 30)]),
  );
  expect(exclusionAlarm(one)).toBeNull();
  const small = exclusionShifts(
    sumsOf([...honest(1000, 30, 0), ...honest(960, 0, 30), ...bots('gold', 40, 0, 30)]),
  );
  expect(small[0]?.p).toBeLessThan(1e-6);
  expect(exclusionAlarm(small)).toBeNull();
});

test('the variance is that of the raters one by one, and a falling share is told as such', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          because: fc.constantFrom(null, null, 'random' as const, 'fast' as const),
          before: fc.integer({ min: 0, max: 40 }),
          after: fc.integer({ min: 0, max: 40 }),
        }),
        { minLength: 3, maxLength: 40 },
      ),
      (raters) => {
        const swapped = raters.map(({ because, before, after }) => ({
          ...{ because, before: after, after: before },
        }));
        const shifts = exclusionShifts(sumsOf(raters));
        const back = exclusionShifts(sumsOf(swapped));
        expect(back).toHaveLength(shifts.length);
        shifts.forEach(({ because, before, after, p }, i) => {
          expect(p).toBeGreaterThanOrEqual(0);
          expect(p).toBeLessThanOrEqual(1);
          expect(back[i]).toMatchObject({ because, before: after, after: before });
          expect(back[i]?.p).toBeCloseTo(p, 9);
        });
      },
    ),
  );
  const falling = exclusionShifts(sumsOf([...honest(30, 10, 30), ...bots('fast', 20, 20, 0)]));
  expect(exclusionAlarm(falling)).toContain('may not have been looked at yet');
});

test('where the share stays, 1 of 100 studies at most raises a false alarm', () => {
  const random = seededRandom(11);
  let alarms = 0;
  const studies = 2000;
  for (let s = 0; s < studies; s++) {
    const raters = Array.from({ length: 60 }, (_, i): Rater => {
      const votes = 10 + random.integer(40);
      const isExcluded = random.next() < 0.12;
      return {
        because: isExcluded ? 'random' : null,
        ...(i < 30 ? { before: votes, after: 0 } : { before: 0, after: votes }),
      };
    });
    if (exclusionAlarm(exclusionShifts(sumsOf(raters))) !== null) alarms++;
  }
  expect(alarms / studies).toBeLessThan(0.02);
});
