import { expect, test } from 'vitest';
import { drawSides } from './sides.ts';

test('the side that was shown less comes next', () => {
  expect(drawSides(1, 'x')).toBe(false);
  expect(drawSides(-2, 'x')).toBe(true);
});

test('an even comparison is drawn by a fair, repeatable coin', () => {
  const sides = Array.from({ length: 4000 }, (_, index) => drawSides(0, `coin ${index}`));
  const share = sides.filter(Boolean).length / sides.length;
  expect(Math.abs(share - 0.5)).toBeLessThan(0.03);
  expect(drawSides(0, 'coin 7')).toBe(sides[7]);
});
