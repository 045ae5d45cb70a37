import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type EstimateInput, estimateStudy } from './estimate.ts';

const PAPER: EstimateInput = {
  armPairs: 6,
  prompts: 64,
  questions: 2,
  votesPerCell: 3,
  questionMode: 'one',
  maxPairsPerRater: null,
  session: { pairs: 30, minutes: 10 },
  shares: { gold: 0, same: 0, repeat: 0 },
};

test('the paper’s study: 4 arms x 64 prompts x 3 votes are 1,152 votes a question', () => {
  expect(estimateStudy(PAPER)).toEqual({
    armPairs: 6,
    comparisons: 384,
    cells: 768,
    votes: 2304,
    pairsShown: 2304,
    ratersPerComparison: 6,
    minRaters: 6,
    sessions: 77,
    minutesPerSession: 10,
    totalMinutes: 768,
  });
});

test('asking all questions in turn shows each pair to fewer people', () => {
  const all = estimateStudy({ ...PAPER, questionMode: 'all' });
  expect(all).toMatchObject({
    votes: 2304,
    pairsShown: 1152,
    ratersPerComparison: 3,
    minRaters: 3,
  });
});

test('a cap asks for more people, and checks take their share of it', () => {
  expect(estimateStudy({ ...PAPER, maxPairsPerRater: 30 }).minRaters).toBe(77);
  const checked = estimateStudy({
    ...PAPER,
    maxPairsPerRater: 30,
    shares: { gold: 0.1, same: 0, repeat: 0.1 },
  });
  expect(checked.pairsShown).toBe(2880);
  expect(checked.minRaters).toBe(96);
});

test('the fewest raters are enough and none is too many', () => {
  fc.assert(
    fc.property(
      fc.record({
        armPairs: fc.integer({ min: 1, max: 28 }),
        prompts: fc.integer({ min: 1, max: 20 }),
        questions: fc.integer({ min: 1, max: 3 }),
        votesPerCell: fc.integer({ min: 1, max: 5 }),
        questionMode: fc.constantFrom('one' as const, 'all' as const),
        maxPairsPerRater: fc.option(fc.integer({ min: 1, max: 50 })),
      }),
      (settings) => {
        const { minRaters, comparisons, ratersPerComparison } = estimateStudy({
          ...PAPER,
          ...settings,
        });
        const cap = settings.maxPairsPerRater ?? comparisons;
        // Deal each comparison to the next people in turn: nobody twice, nobody beyond the cap.
        const load = new Array<number>(minRaters).fill(0);
        let next = 0;
        for (let c = 0; c < comparisons; c++)
          for (let r = 0; r < ratersPerComparison; r++) {
            const rater = next++ % minRaters;
            load[rater] = (load[rater] ?? 0) + 1;
          }
        expect(minRaters).toBeGreaterThanOrEqual(ratersPerComparison);
        expect(Math.max(...load)).toBeLessThanOrEqual(Math.max(cap, 1));
        const fewer = minRaters - 1;
        expect(
          fewer < ratersPerComparison ||
            fewer * Math.min(cap, comparisons) < comparisons * ratersPerComparison,
        ).toBe(true);
      },
    ),
  );
});
