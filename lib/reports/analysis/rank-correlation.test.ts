import { expect, test } from 'vitest';
import { kendall, spearman } from './rank-correlation.ts';

test('without ties: the textbook values', () => {
  const [x, y] = [
    [1, 2, 3, 4, 5],
    [2, 1, 4, 3, 5],
  ];
  // 1 - 6 sum d^2 / (n (n^2 - 1)) with d^2 summing to 4; 8 of 10 pairs agree.
  expect(spearman(x, y)).toBeCloseTo(0.8, 12);
  expect(kendall(x, y)).toBeCloseTo(0.6, 12);
});

test('with ties, by hand', () => {
  const [x, y] = [
    [1, 2, 2, 3, 5],
    [1, 3, 2, 2, 4],
  ];
  // Centred ranks -2, -1/2, -1/2, 1, 2 and -2, 1, -1/2, -1/2, 2.
  expect(spearman(x, y)).toBeCloseTo(7.25 / 9.5, 12);
  // 7 pairs agree, 1 disagrees; each side ties in one of 10.
  expect(kendall(x, y)).toBeCloseTo(6 / 9, 12);
});

test('too few or constant values have none', () => {
  expect(spearman([1, 2], [1, 2])).toBeNull();
  expect(kendall([1, 1, 1], [1, 2, 3])).toBeNull();
  expect(spearman([1, 1, 1], [1, 2, 3])).toBeNull();
});
