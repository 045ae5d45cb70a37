import { expect, test } from 'vitest';
import { viewExclusions } from './exclusions.ts';

const BREAKDOWN = {
  ...{ people: 80, simulated: 10, imported: 0, surplus: 2, trial: 0, checks: 5 },
  ...{ retracted: 1, marked: 3, raters: 9, exclusionShifts: [] },
  excluded: [{ because: 'random' as const, votes: 20, raters: 1 }],
};

test('votes that no ranking uses, by reason; marks exclude nothing', () => {
  const counted = viewExclusions(BREAKDOWN, { simulated: false, imported: false });
  expect(counted).toMatchObject({ ranked: 90, share: 20 / 110, alarm: null });
  expect(counted.reasons.map(({ code, votes }) => [code, votes])).toEqual([
    ['rater-random', 20],
    ['retracted', 1],
    ['surplus', 2],
    ['check', 5],
  ]);
  const without = viewExclusions(BREAKDOWN, { simulated: true, imported: true });
  expect(without.ranked).toBe(80);
  expect(without.reasons).toContainEqual(expect.objectContaining({ code: 'simulated', votes: 10 }));
});

test('without votes there is no share', () => {
  const none = { ...BREAKDOWN, people: 0, simulated: 0, excluded: [] };
  expect(viewExclusions(none, { simulated: false, imported: false }).share).toBeNull();
});
