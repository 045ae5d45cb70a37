import { expect, test } from 'vitest';
import { marksOf } from './vote-marks.ts';

const HONEST = {
  decisionMs: 3000,
  playsLeft: 1,
  playsRight: 2,
  watchedLeft: 1,
  watchedRight: 0.95,
};
const SPEC = { tooFastSeconds: 1, requireFullPlay: true };

test.each([
  ['an honest vote', {}, []],
  ['half a second', { decisionMs: 500 }, ['too_fast']],
  ['just a second', { decisionMs: 1000 }, []],
  ['one video never played to its end', { playsRight: 0 }, ['unwatched']],
  ['a jump to the end', { watchedLeft: 0.2 }, ['unwatched']],
  ['both', { decisionMs: 0, watchedLeft: 0, watchedRight: 0 }, ['too_fast', 'unwatched']],
])('V9: %s', (_, change, marks) => {
  expect(marksOf({ ...HONEST, ...change }, SPEC)).toEqual(marks);
});

test('where a full play is not asked for, its lack is no mark', () => {
  expect(marksOf({ ...HONEST, playsLeft: 0 }, { ...SPEC, requireFullPlay: false })).toEqual([]);
});
