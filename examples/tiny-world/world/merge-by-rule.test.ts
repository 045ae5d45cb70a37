import { expect, test } from 'vitest';
import { mergeByRule } from './merge-by-rule.ts';

test('two captions become one, without what they disagree in', () => {
  const image = 'Of its middle frame: a red circle over a sky background';
  expect(mergeByRule(`${image}\nOf all: a red circle moves left over a sky background`)).toBe(
    'a red circle moves left over a sky background',
  );
  expect(mergeByRule(`${image}\nOf all: a red square rests over a sky background`)).toBe(
    'a red shape rests over a sky background',
  );
  expect(mergeByRule(image)).toBe('a red circle is shown over a sky background');
});
