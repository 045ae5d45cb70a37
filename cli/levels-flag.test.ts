import { expect, test } from 'vitest';
import { levelsFlag } from './levels-flag.ts';

test('names may hold "=", and levels any number', () => {
  const arms = ['t=0.5', 'other', '-'];
  expect([...levelsFlag('t=0.5=0.5, other = -1e-3 ,-=0', arms)]).toEqual([
    ['t=0.5', 0.5],
    ['other', -0.001],
    ['-', 0],
  ]);
  for (const wrong of ['other', 'other=', '=1', 'other=NaN', 'other=Infinity', '']) {
    expect(() => levelsFlag(wrong, arms)).toThrow(/is not NAME=LEVEL/);
  }
});
