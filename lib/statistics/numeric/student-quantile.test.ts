import { expect, test } from 'vitest';
import { normalQuantile } from './normal-quantile.ts';
import { studentQuantile } from './student-quantile.ts';

// Values of scipy.stats.norm.ppf and t.ppf.
test.each([
  [0.5, 0],
  [0.975, 1.959963984540054],
  [0.9, 1.2815515655446004],
  [0.995, 2.5758293035489],
  [1e-10, -6.361340902404056],
])('the normal quantile of %d', (share, expected) => {
  expect(normalQuantile(share)).toBeCloseTo(expected, 12);
});

test.each([
  [0.975, 1, 12.706204736174694],
  [0.975, 2, 4.302652729749462],
  [0.975, 14, 2.144786687917804],
  [0.95, 302, 1.6499148276146676],
  [0.025, 5, -2.570581835636314],
  [0.5, 3, 0],
  [0.975, Infinity, 1.959963984540054],
])('the t quantile of %d with %d degrees of freedom', (share, df, expected) => {
  expect(studentQuantile(share, df)).toBeCloseTo(expected, 8);
});
