import { expect, test } from 'vitest';
import { simulatedVotes, votesOfCounts, votesOfRows } from '#tests/factories/votes.ts';
import cems from '#tests/golden/cems/reference.json' with { type: 'json' };
import food from '#tests/golden/evalica_food/reference.json' with { type: 'json' };
import { countPairs } from '../votes/pair-counts.ts';
import { eloLimit } from './elo-limit.ts';
import { eloShuffles } from './elo-paper.ts';

const SETS = [
  { name: 'cems', reference: cems, votes: votesOfCounts(cems.counts) },
  { name: 'food', reference: food, votes: votesOfRows(food.votes) },
];

test.each(SETS)('shuffles agree with 20,000 of an independent program on $name', (set) => {
  const { paperElo, items } = set.reference;
  const shuffles = eloShuffles(set.votes, { ...paperElo, shuffles: 3000, seed: 1 });
  items.forEach((item, i) => {
    const arm = set.votes.arms.indexOf(item);
    const off = (key: 'mean' | 'median' | 'q025' | 'q975') =>
      Math.abs((shuffles[key][arm] as number) - (paperElo.shuffle[key][i] as number));
    expect(off('mean')).toBeLessThan(0.3);
    expect(off('median')).toBeLessThan(0.3);
    expect(off('q025')).toBeLessThan(0.7);
    expect(off('q975')).toBeLessThan(0.7);
  });
});

test.each(SETS)('the limit agrees with the reference and with its shuffles on $name', (set) => {
  const { paperElo, items } = set.reference;
  const limit = eloLimit(countPairs(set.votes), paperElo);
  items.forEach((item, i) => {
    const arm = set.votes.arms.indexOf(item);
    expect(limit[arm]).toBeCloseTo(paperElo.limit[i] as number, 3);
    expect(Math.abs((limit[arm] as number) - (paperElo.shuffle.mean[i] as number))).toBeLessThan(
      0.17,
    );
  });
});

test('the limit keeps the sum, is the same finely stepped, and holds for very many votes', () => {
  const counts = countPairs(simulatedVotes({ arms: 6, votes: 4000, seed: 3 }));
  const limit = eloLimit(counts, { k: 1, init: 1000 });
  expect(limit.reduce((sum, rating) => sum + rating - 1000, 0)).toBeCloseTo(0, 9);
  // K over tau from 0 to 1 is the same as K / 100 with 100 times the votes: finer against coarser.
  const times = (column: Float64Array, factor: number) => column.map((value) => value * factor);
  const scaled = (factor: number) => ({
    ...counts,
    firstWins: times(counts.firstWins, factor),
    secondWins: times(counts.secondWins, factor),
    ties: times(counts.ties, factor),
  });
  const same = eloLimit(scaled(100), { k: 0.01, init: 1000 });
  limit.forEach((rating, i) => {
    expect(same[i]).toBeCloseTo(rating, 9);
  });
  // In the long run it is where expectation meets outcome: the half-tie Bradley-Terry ratings.
  const settled = eloLimit(scaled(500), { k: 1, init: 1000 });
  const more = eloLimit(scaled(5000), { k: 1, init: 1000 });
  settled.forEach((rating, i) => {
    expect(Number.isFinite(rating)).toBe(true);
    expect(more[i]).toBeCloseTo(rating, 6);
  });
});

test('the same seed gives the same digits, another seed others', () => {
  const votes = simulatedVotes({ arms: 4, votes: 500, seed: 9 });
  const run = (seed: number) => eloShuffles(votes, { k: 1, init: 1000, shuffles: 50, seed });
  expect(run(7)).toEqual(run(7));
  expect(run(7).mean).not.toEqual(run(8).mean);
});

test('no shuffles are refused', () => {
  const votes = votesOfRows(food.votes);
  expect(() => eloShuffles(votes, { k: 1, init: 1000, shuffles: 0, seed: 0 })).toThrow(
    /1 shuffle or more/,
  );
});
