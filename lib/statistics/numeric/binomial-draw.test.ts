import { expect, test } from 'vitest';
import { seededRandom } from '#lib/core/random.ts';
import { drawBinomial } from './binomial-draw.ts';

test.each([
  [20, 0.1],
  [1e6, 2e-6],
  [50, 0.4],
  [50, 0.9],
  [1e7, 0.3],
])('mean and variance of %d draws with the chance %d', (n, p) => {
  const random = seededRandom(7);
  const draws = Array.from({ length: 20_000 }, () => drawBinomial(n, p, random));
  const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
  const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length;
  const expected = n * p * (1 - p);
  expect(Math.abs(mean - n * p)).toBeLessThan(4 * Math.sqrt(expected / draws.length));
  expect(Math.abs(variance / expected - 1)).toBeLessThan(0.06);
  expect(draws.every((x) => Number.isInteger(x) && x >= 0 && x <= n)).toBe(true);
});

test('the distribution itself, on either side of where the method changes', () => {
  for (const n of [24, 26]) {
    const p = 0.4;
    const random = seededRandom(n);
    const seen = new Float64Array(n + 1);
    const draws = 100_000;
    for (let d = 0; d < draws; d++) {
      const x = drawBinomial(n, p, random);
      seen[x] = (seen[x] as number) + 1 / draws;
    }
    let share = (1 - p) ** n;
    for (let x = 0; x <= n; x++) {
      expect(Math.abs((seen[x] as number) - share)).toBeLessThan(
        4.5 * Math.sqrt(share / draws) + 1e-5,
      );
      share *= ((n - x) / (x + 1)) * (p / (1 - p));
    }
  }
});

test('what is certain', () => {
  const random = seededRandom(1);
  expect(drawBinomial(9, 0, random)).toBe(0);
  expect(drawBinomial(9, 1, random)).toBe(9);
  expect(drawBinomial(0, 0.5, random)).toBe(0);
});
