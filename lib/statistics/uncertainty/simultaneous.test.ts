import { expect, test } from 'vitest';
import { rankRanges, tiersOf } from './simultaneous.ts';

/** Six arms that nothing tells apart, with independent errors. */
const ranges = (df: number, seed: number, k = 6) =>
  rankRanges(
    new Float64Array(k),
    Float64Array.from({ length: k * k }, (_, at) => Number(at % (k + 1) === 0) - 1 / k),
    { level: 0.95, df, seed, group: new Int32Array(k) },
  );

// The studentised range of 6 means over the root of 2 (Harter 1960, tables): 4.030 and 4.751.
test.each([
  [Infinity, 4.03, 0.006],
  [12, 4.751, 0.03],
])('the largest |t| on %d degrees of freedom is the studentised range', (df, range, within) => {
  for (const seed of [0, 1, 2]) {
    const { critical } = ranges(df, seed);
    expect(Math.abs(critical - range / Math.SQRT2)).toBeLessThan(within);
  }
});

test.each([2, 6, 30, 31])('P(best) of %d arms that nothing tells apart', (k) => {
  const { best } = ranges(Infinity, 4, k);
  expect(best.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  for (const share of best) expect(Math.abs(share - 1 / k)).toBeLessThan(0.004);
});

test('tiers are numbered without gaps', () => {
  expect([...tiersOf(Int32Array.of(1, 3, 3, 1, 6))]).toEqual([1, 2, 2, 1, 3]);
});
