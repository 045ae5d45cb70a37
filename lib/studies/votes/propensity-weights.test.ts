import { expect, test } from 'vitest';
import { HEAVIEST, propensityWeights } from './propensity-weights.ts';

test('a vote weighs one over its chance, on average 1', () => {
  const weights = propensityWeights([0.5, 0.25, 0.25, 0.125]);
  expect([...(weights ?? [])]).toEqual([2, 4, 4, 8].map((inverse) => inverse / 4.5));
});

test('a vote without a chance weighs 1, and none weighs more than the cut', () => {
  const weights = propensityWeights([...Array.from({ length: 99 }, () => 0.5), 0.001, null]);
  expect(weights?.at(-1)).toBe(1);
  expect(weights?.at(-2)).toBe(HEAVIEST);
});

test('where every pair was as likely, nothing is weighted', () => {
  expect(propensityWeights([0.1, 0.1, null])).toBeNull();
  expect(propensityWeights([null])).toBeNull();
  expect(propensityWeights([])).toBeNull();
});
