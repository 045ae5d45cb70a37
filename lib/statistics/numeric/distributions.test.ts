import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chiSquareTail } from './chi-square.ts';
import { normalCdf, normalTwoSided } from './normal-cdf.ts';
import { normalQuantile } from './normal-quantile.ts';
import { studentTwoSided } from './student-cdf.ts';
import { studentQuantile } from './student-quantile.ts';

// Abramowitz and Stegun 1964, table 26.8 (percentage points of chi-square), and, for even degrees of
// freedom, the closed form e^(-x/2) sum (x/2)^i / i!.
test.each([
  [3.84146, 1, 0.05],
  [6.6349, 1, 0.01],
  [7.81473, 3, 0.05],
  [16.2662, 3, 0.001],
  [18.307, 10, 0.05],
  [124.342, 100, 0.05],
])('the chi-square tail of %d on %d degrees of freedom', (x, df, expected) => {
  expect(Math.abs(chiSquareTail(x, df) - expected)).toBeLessThan(2e-6);
});

test.each([
  [1, 2, Math.exp(-0.5)],
  [10, 4, 6 * Math.exp(-5)],
  [200, 4, 101 * Math.exp(-100)],
  [0, 3, 1],
  [5, 0, 0],
  [0, 0, 1],
])('the chi-square tail of %d on %d degrees of freedom, exactly', (x, df, expected) => {
  expect(Math.abs(chiSquareTail(x, df) - expected)).toBeLessThanOrEqual(1e-12 * expected);
});

// Abramowitz and Stegun 1964, tables 26.1 and 26.2.
test.each([
  [0, 1],
  [1, 0.317310507862914],
  [1.96, 0.04999579029644087],
  [3, 0.002699796063260207],
  [-3, 0.002699796063260207],
  [8, 1.2441921148543639e-15],
])('the two-sided normal tail of %d', (z, expected) => {
  expect(normalTwoSided(z) / expected).toBeCloseTo(1, 9);
});

test('distribution functions undo their quantiles', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), (share) => {
      expect(normalCdf(normalQuantile(share))).toBeCloseTo(share, 12);
      const t = studentQuantile(share, 7);
      expect(studentTwoSided(t, 7) / 2).toBeCloseTo(Math.min(share, 1 - share), 10);
    }),
  );
});
