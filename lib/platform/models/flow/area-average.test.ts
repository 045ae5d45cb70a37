import { expect, test } from 'vitest';
import { areaAverage } from './area-average.ts';

test('whole blocks are averaged', () => {
  const values = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  const half = areaAverage(values, { width: 4, height: 2 }, { width: 2, height: 1 });
  expect([...half]).toEqual([3.5, 5.5]);
});

test('a cell that two parts share counts for each by its share', () => {
  const thirds = areaAverage(
    Float32Array.of(1, 2, 3),
    { width: 3, height: 1 },
    { width: 2, height: 1 },
  );
  expect(thirds[0]).toBeCloseTo((1 + 0.5 * 2) / 1.5, 12);
  expect(thirds[1]).toBeCloseTo((0.5 * 2 + 3) / 1.5, 12);
});

test('the mean stays, whatever the sizes', () => {
  const from = { width: 37, height: 23 };
  const values = Float32Array.from({ length: 37 * 23 }, (_, at) => Math.sin(at) * 10);
  const mean = (list: Iterable<number>) => {
    const all = [...list];
    return all.reduce((sum, value) => sum + value, 0) / all.length;
  };
  for (const to of [{ width: 25, height: 16 }, { width: 1, height: 1 }, from]) {
    expect(mean(areaAverage(values, from, to))).toBeCloseTo(mean(values), 9);
  }
});
