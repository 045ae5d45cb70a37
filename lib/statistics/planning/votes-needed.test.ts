import { expect, test } from 'vitest';
import { aboutVotes, votesNeeded } from './votes-needed.ts';

test('four times the votes halve the error', () => {
  expect(votesNeeded({ difference: 0.98, se: 1, votes: 100, critical: 1.96 })).toBe(401);
  expect(votesNeeded({ difference: -0.98, se: 1, votes: 100, critical: 1.96 })).toBe(401);
  expect(votesNeeded({ difference: 2, se: 1, votes: 100, critical: 1.96 })).toBe(100);
});

test('what more votes of the same prompts cannot take away', () => {
  const ask = { difference: 1, se: 1, votes: 100, critical: 1.96 };
  // (1 / 1.96)^2 = 0.26 must hold 0.16 + 0.84 * 100 / n.
  const n = votesNeeded({ ...ask, seFloor: 0.4 }) as number;
  expect(1.96 * Math.sqrt(0.16 + (0.84 * 100) / n)).toBeCloseTo(1, 3);
  expect(votesNeeded({ ...ask, seFloor: 0.52 })).toBeNull();
});

test('a critical value that grows with the votes', () => {
  const n = votesNeeded({
    difference: 1,
    se: 1,
    votes: 50,
    critical: (votes) => Math.log(votes),
  }) as number;
  expect(Math.log(n) * Math.sqrt(50 / n)).toBeLessThan(1.001);
  expect(Math.log(n * 0.99) * Math.sqrt(50 / (n * 0.99))).toBeGreaterThan(1);
});

test('no difference, no error or no vote: no number', () => {
  expect(votesNeeded({ difference: 0, se: 1, votes: 100, critical: 2 })).toBeNull();
  expect(votesNeeded({ difference: 1, se: 0, votes: 100, critical: 2 })).toBeNull();
  expect(votesNeeded({ difference: 1, se: 1, votes: 0, critical: 2 })).toBeNull();
  expect(votesNeeded({ difference: 1e-9, se: 1, votes: 10, critical: 2 })).toBeNull();
});

test.each([
  [0, 0],
  [7, 7],
  [38, 38],
  [287, 290],
  [300, 300],
  [4321, 4400],
])('%d votes are about %d', (votes, about) => {
  expect(aboutVotes(votes)).toBe(about);
});
