import { expect, test } from 'vitest';
import { simulatedVotes, votesOfCounts } from '#tests/factories/votes.ts';
import { rankVotes } from '../ranking/rank.ts';
import type { Strengths } from '../ranking/ranking.ts';
import { difference, differencesFrom } from './differences.ts';

const independent = (k: number, df: number | null): Strengths => ({
  arms: Array.from({ length: k }, (_, i) => ({ name: `arm ${i}`, theta: i })),
  vcov: Array.from({ length: k }, (_, i) => Array.from({ length: k }, (_o, j) => Number(i === j))),
  degreesOfFreedom: df,
});

test("two arms: Student's interval, which agrees with p", () => {
  const found = difference(independent(2, 9), 'arm 1', 'arm 0');
  expect(found.estimate).toBe(1);
  expect(found.se).toBeCloseTo(Math.SQRT2, 12);
  expect(found.high).toBeCloseTo(1 + 2.2621571628 * Math.SQRT2, 8);
  expect(difference(independent(2, 9), 'arm 0', 'arm 1').low).toBeCloseTo(-(found.high ?? 0), 12);
  const level = 1 - (found.p as number);
  expect(difference(independent(2, 9), 'arm 1', 'arm 0', level).low).toBeCloseTo(0, 8);
});

// Dunnett's two-sided critical values at correlation 1/2, by numerical integration (SciPy).
test.each([
  [3, null, 2.34897],
  [5, null, 2.51146],
  [4, 10, 2.89048],
  [6, 20, 2.80164],
])('joint intervals of %d arms less one reference are those of Dunnett', (others, df, critical) => {
  const rows = differencesFrom(independent(others + 1, df), 'arm 0', { seed: 4 });
  expect(rows).toHaveLength(others);
  for (const row of rows) {
    const reach = ((row.jointHigh as number) - (row.estimate as number)) / (row.se as number);
    expect(Math.abs(reach - critical)).toBeLessThan(0.02);
    expect((row.jointHigh as number) - (row.high as number)).toBeGreaterThan(0);
  }
});

test('one other arm: joint and single intervals are the same within the draws', () => {
  const [row] = differencesFrom(independent(2, null), 'arm 0', { seed: 1 });
  expect(Math.abs((row?.jointHigh ?? 0) - (row?.high ?? 9))).toBeLessThan(0.03);
});

test('the seed decides the digits', () => {
  const ranking = rankVotes(simulatedVotes({ arms: 4, votes: 900, seed: 3 }));
  const rows = (seed: number) => differencesFrom(ranking, 'arm-000', { seed });
  expect(rows(1)).toEqual(rows(1));
  expect(rows(1)).not.toEqual(rows(2));
});

test('what nothing compares is null, and an unknown arm is refused', () => {
  const apart = rankVotes(
    votesOfCounts([
      ['a', 'b', 9, 7, 1],
      ['c', 'd', 5, 6, 2],
    ]),
  );
  expect(
    differencesFrom(apart, 'a').map(({ name, se, jointLow }) => [
      name,
      se === null,
      jointLow === null,
    ]),
  ).toEqual(
    expect.arrayContaining([
      ['b', false, false],
      ['c', true, true],
      ['d', true, true],
    ]),
  );
  const elo = rankVotes(votesOfCounts([['a', 'b', 9, 7, 1]]), { method: 'elo' });
  expect(differencesFrom(elo, 'a')).toMatchObject([{ name: 'b', estimate: null, p: null }]);
  expect(differencesFrom({ ...independent(1, null) }, 'arm 0')).toEqual([]);
  expect(() => differencesFrom(apart, 'x')).toThrow(/There is no arm "x"; the arms are/);
});
