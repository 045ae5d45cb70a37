import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitOne, fitPair } from './fit-pair.ts';

test('a desk screen puts landscape videos beside each other', () => {
  const fitted = fitPair({ width: 1400, height: 560 }, 576 / 320, 16, 20);
  expect(fitted).toEqual({ layout: 'side-by-side', width: 692, height: 384 });
});

test('an upright phone stacks landscape videos and keeps upright ones beside each other', () => {
  const phone = { width: 374, height: 480 };
  expect(fitPair(phone, 576 / 320, 8, 18).layout).toBe('stacked');
  expect(fitPair(phone, 1, 8, 18).layout).toBe('stacked');
  expect(fitPair(phone, 320 / 576, 8, 18).layout).toBe('side-by-side');
});

test('both boxes always fit into the space', () => {
  const sizes = fc.record({
    width: fc.integer({ min: 120, max: 4000 }),
    height: fc.integer({ min: 120, max: 4000 }),
  });
  fc.assert(
    fc.property(sizes, fc.double({ min: 0.3, max: 3, noNaN: true }), (space, ratio) => {
      const { layout, width, height } = fitPair(space, ratio, 8, 20);
      const across = layout === 'stacked' ? width : 2 * width + 8;
      const down = layout === 'stacked' ? 2 * (height + 20) + 8 : height + 20;
      expect(across).toBeLessThanOrEqual(space.width);
      expect(down).toBeLessThanOrEqual(space.height);
    }),
  );
});

test('a single clip takes the whole space that its shape allows', () => {
  expect(fitOne({ width: 400, height: 300 }, 2)).toEqual({ width: 400, height: 200 });
  expect(fitOne({ width: 400, height: 100 }, 2)).toEqual({ width: 200, height: 100 });
});
