import { expect, test } from 'vitest';
import { votesOfCounts, votesOfRows } from '#tests/factories/votes.ts';
import citations from '#tests/golden/bt_citations/reference.json' with { type: 'json' };
import cems from '#tests/golden/cems/reference.json' with { type: 'json' };
import food from '#tests/golden/evalica_food/reference.json' with { type: 'json' };
import wikipedia from '#tests/golden/wikipedia_bt/reference.json' with { type: 'json' };
import { countPairs } from '../votes/pair-counts.ts';
import type { VoteColumns } from '../votes/vote-columns.ts';
import { bradleyTerry } from './bradley-terry.ts';
import { fitPairs } from './fit.ts';

function fitted(votes: VoteColumns) {
  const fit = fitPairs(countPairs(votes), bradleyTerry('half'));
  const at = (item: string) => votes.arms.indexOf(item);
  const se = (item: string) =>
    Math.sqrt(fit.inverse[at(item) * votes.arms.length + at(item)] as number);
  return { fit, at, se, theta: (item: string) => fit.theta[at(item)] as number };
}

test('citations between journals: abilities, errors and covariance as R gives them', () => {
  const { fit, at, se, theta } = fitted(votesOfCounts(citations.counts));
  const expected = citations.bradleyTerry;
  citations.items.forEach((item, i) => {
    expect(theta(item)).toBeCloseTo(expected.ability_centered[i] as number, 8);
    expect(se(item)).toBeCloseTo(expected.se_centered[i] as number, 7);
  });
  const cov = (a: string, b: string) => fit.inverse[at(a) * 4 + at(b)] as number;
  const [base = '', ...others] = citations.items;
  others.forEach((a, i) => {
    others.forEach((b, j) => {
      const difference = cov(a, b) - cov(a, base) - cov(base, b) + cov(base, base);
      expect(difference).toBeCloseTo(expected.vcov_vs_reference[i]?.[j] as number, 8);
    });
  });
});

test('the worked example of Wikipedia', () => {
  const { theta } = fitted(votesOfCounts(wikipedia.counts));
  wikipedia.items.forEach((item, i) => {
    expect(theta(item)).toBeCloseTo(wikipedia.bradleyTerry.theta_centered[i] as number, 7);
    const published = wikipedia.bradleyTerry.published[i] as number;
    expect(Math.exp(theta(item)) / published).toBeCloseTo(1, 3);
  });
});

test('ties as half: food as evalica, schools as R', () => {
  const foods = fitted(votesOfRows(food.votes));
  food.items.forEach((item, i) => {
    expect(foods.theta(item)).toBeCloseTo(food.bradleyTerryTiesHalf[i] as number, 6);
  });
  const schools = fitted(votesOfCounts(cems.counts));
  cems.items.forEach((item, i) => {
    const { theta_centered, se_model } = cems.bradleyTerryTiesHalf;
    expect(schools.theta(item)).toBeCloseTo(theta_centered[i] as number, 7);
    expect(schools.se(item)).toBeCloseTo(se_model[i] as number, 7);
  });
});

test('dropping ties is the same as never having had them', () => {
  const counts = countPairs(votesOfCounts(cems.counts));
  const dropped = fitPairs(counts, bradleyTerry('drop'));
  const without = fitPairs(
    { ...counts, ties: new Float64Array(counts.ties.length) },
    bradleyTerry('half'),
  );
  expect(dropped.theta).toEqual(without.theta);
  expect(dropped.inverse).toEqual(without.inverse);
});

test('an arm that never lost has no finite estimate without a ridge, and one with it', () => {
  const counts = countPairs(
    votesOfCounts([
      ['a', 'b', 5, 0, 0],
      ['b', 'c', 3, 2, 0],
    ]),
  );
  expect(() => fitPairs(counts, bradleyTerry('half'))).toThrow(/no finite estimate/);
  const { theta } = fitPairs(counts, bradleyTerry('half'), 1);
  expect([...theta].every(Number.isFinite)).toBe(true);
  expect(theta[0]).toBeGreaterThan(theta[1] as number);
});
