import { expect, test } from 'vitest';
import { readFractions } from './read-fractions.ts';

test('percentages are read as shares', () => {
  expect(readFractions('0, 12.5, 25, 50 %')).toEqual([0, 0.125, 0.25, 0.5]);
  expect(readFractions('33.33%;10')).toEqual([0.3333, 0.1]);
});

test.each(['', 'half', '100', '-5', '12.5, many'])('%j is not understood', (text) => {
  expect(readFractions(text)).toBeNull();
});
