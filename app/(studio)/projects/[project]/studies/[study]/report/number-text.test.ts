import { expect, test } from 'vitest';
import { intervalText, percentText, pText, rangeText, signedText } from './number-text.ts';

test('numbers of a report as people read them', () => {
  expect([31.4, -3.6, 0.2, -0.4].map(signedText)).toEqual(['+31', '−4', '0', '0']);
  expect(intervalText(12, 50)).toBe('+12 to +50');
  expect(intervalText(null, 50)).toBe('–');
  expect([0.0004, 0.0321, 1, null].map(pText)).toEqual(['< 0.001', '0.032', '1.000', '–']);
  expect(percentText(0.615)).toBe('61.5\u2009%');
  expect([rangeText(1, 1), rangeText(1, 3), rangeText(null, 3)]).toEqual(['1', '1–3', '–']);
});
