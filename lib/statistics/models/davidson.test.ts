import { expect, test } from 'vitest';
import { simulatedVotes, votesOfCounts, votesOfRows } from '#tests/factories/votes.ts';
import cems from '#tests/golden/cems/reference.json' with { type: 'json' };
import pudding from '#tests/golden/davidson_pudding/reference.json' with { type: 'json' };
import food from '#tests/golden/evalica_food/reference.json' with { type: 'json' };
import { countPairs, type PairCounts } from '../votes/pair-counts.ts';
import { davidson } from './davidson.ts';
import { fitPairs } from './fit.ts';
import { hasRunawayTies } from './runaway-ties.ts';

test.each([
  { name: 'pudding', set: pudding },
  { name: 'cems', set: cems },
])('$name: strengths, tie parameter and errors as published and as R gives them', ({ set }) => {
  const votes = votesOfCounts(set.counts);
  const fit = fitPairs(countPairs(votes), davidson);
  const n = fit.parameters;
  set.items.forEach((item, i) => {
    const at = votes.arms.indexOf(item);
    expect(fit.theta[at]).toBeCloseTo(set.davidson.theta_centered[i] as number, 7);
    const variance = fit.inverse[at * n + at] as number;
    expect(Math.sqrt(variance)).toBeCloseTo(set.davidson.se_centered[i] as number, 7);
  });
  expect(fit.logTie).toBeCloseTo(set.davidson.log_nu, 7);
});

test('pudding: the worths and the error of log nu of Davidson 1970', () => {
  const votes = votesOfCounts(pudding.counts);
  const fit = fitPairs(countPairs(votes), davidson);
  const worth = fit.theta.map(Math.exp);
  const sum = worth.reduce((total, value) => total + value, 0);
  [0.1388, 0.173, 0.1617, 0.1654, 0.1587, 0.2024].forEach((published, i) => {
    const at = votes.arms.indexOf(pudding.items[i] as string);
    expect((worth[at] as number) / sum).toBeCloseTo(published, 4);
  });
  const last = fit.parameters - 1;
  const variance = fit.inverse[last * fit.parameters + last] as number;
  expect(Math.sqrt(variance)).toBeCloseTo(pudding.davidson.se_log_nu, 7);
});

test('food: as evalica, whose tie parameter is half of nu', () => {
  const votes = votesOfRows(food.votes);
  const fit = fitPairs(countPairs(votes), davidson);
  food.items.forEach((item, i) => {
    const at = votes.arms.indexOf(item);
    expect(fit.theta[at]).toBeCloseTo(food.davidson.theta_centered[i] as number, 6);
  });
  expect(Math.exp(fit.logTie as number)).toBeCloseTo(food.davidson.nu, 6);
});

/** The log-likelihood straight from the definition, in strengths and nu. */
function logLikelihood(counts: PairCounts, at: readonly number[]): number {
  const nu = Math.exp(at[counts.size] as number);
  let sum = 0;
  counts.first.forEach((i, p) => {
    const a = Math.exp(at[i] as number);
    const b = Math.exp(at[counts.second[p] as number] as number);
    const tie = nu * Math.sqrt(a * b);
    const all = a + b + tie;
    sum +=
      (counts.firstWins[p] as number) * Math.log(a / all) +
      (counts.secondWins[p] as number) * Math.log(b / all) +
      (counts.ties[p] as number) * Math.log(tie / all);
  });
  return sum;
}

/** Coordinate ascent by ternary search: slow, and shares nothing with Newton's method. */
function climb(counts: PairCounts): number[] {
  const at: number[] = Array.from({ length: counts.size + 1 }, () => 0);
  for (let round = 0; round < 300; round++) {
    for (let c = 0; c < at.length; c++) {
      let low = (at[c] as number) - 1;
      let high = (at[c] as number) + 1;
      const value = (x: number) => logLikelihood(counts, at.with(c, x));
      while (high - low > 1e-9) {
        const third = (high - low) / 3;
        if (value(low + third) < value(high - third)) low += third;
        else high -= third;
      }
      at[c] = (low + high) / 2;
    }
  }
  const mean = at.slice(0, counts.size).reduce((sum, value) => sum + value, 0) / counts.size;
  return at.map((value, i) => (i < counts.size ? value - mean : value));
}

test('an independent optimiser finds the same top', () => {
  const counts = countPairs(simulatedVotes({ arms: 4, votes: 400, seed: 5, nu: 0.8 }));
  const fit = fitPairs(counts, davidson);
  const found = climb(counts);
  fit.theta.forEach((value, i) => {
    expect(Math.abs(value - (found[i] as number))).toBeLessThan(1e-5);
  });
  expect(Math.abs((fit.logTie as number) - (found[counts.size] as number))).toBeLessThan(1e-5);
  expect(fit.logLikelihood).toBeCloseTo(logLikelihood(counts, found), 8);
});

test('knows the votes whose likelihood has no top', () => {
  const runaway = (rows: (string | number)[][]) => hasRunawayTies(countPairs(votesOfCounts(rows)));
  // Never lost: wins and ties can both be made certain by growing together.
  expect(runaway([['a', 'b', 5, 0, 5]])).toBe(true);
  expect(runaway([['a', 'b', 5, 1, 5]])).toBe(false);
  // A cycle of more wins than ties can't be stretched.
  expect(
    runaway([
      ['a', 'b', 1, 0, 0],
      ['b', 'c', 1, 0, 0],
      ['c', 'a', 0, 0, 1],
    ]),
  ).toBe(false);
  expect(
    runaway([
      ['a', 'b', 1, 0, 0],
      ['b', 'c', 0, 0, 1],
      ['c', 'a', 0, 0, 1],
    ]),
  ).toBe(true);
});
