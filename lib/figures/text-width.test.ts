import { expect, test } from 'vitest';
import { ellipsize, textWidth } from './text-width.ts';

test('short texts stay, long ones end in an ellipsis within the width', () => {
  expect(ellipsize('short', 100, 12)).toBe('short');
  const cut = ellipsize('a-very-long-checkpoint-name', 80, 12);
  expect(cut).toMatch(/^a-very.*…$/);
  expect(textWidth(cut.slice(0, -1), 12)).toBeLessThanOrEqual(80 - 12);
});

test('characters are never cut in two, and wide scripts are wide', () => {
  const family = '👨‍👩‍👧';
  expect(ellipsize(family.repeat(9), 40, 12)).toBe(`${family.repeat(2)}…`);
  expect(textWidth('模型', 10)).toBe(20);
});
