import { expect, test } from 'vitest';
import { winShare } from './win-share.ts';

test("Wilson's interval, from his formula by another program", () => {
  const { share, low, high } = winShare(15, 5);
  expect(share).toBe(0.75);
  expect(low).toBeCloseTo(0.531299122381, 11);
  expect(high).toBeCloseTo(0.888138298592, 11);
});

test('a tie is half a win', () => {
  expect(winShare(1, 0, 2).share).toBeCloseTo(2 / 3, 12);
});

test('no votes say nothing, all wins stay under certainty on the low side', () => {
  expect(winShare(0, 0)).toEqual({ share: null, low: 0, high: 1 });
  const all = winShare(10, 0);
  expect(all.high).toBe(1);
  expect(all.low).toBeLessThan(1);
});
