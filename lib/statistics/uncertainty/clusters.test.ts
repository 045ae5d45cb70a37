import { expect, test } from 'vitest';
import { collectVotes } from '../votes/vote-columns.ts';
import { countNamed } from './clusters.ts';

test('counts names that have a vote, over all questions; null where there is none', () => {
  const votes = (raters: readonly (string | null)[]) => {
    const collector = collectVotes();
    for (const rater of raters) collector.add({ left: 'a', right: 'b', outcome: 'left', rater });
    return collector.columns();
  };
  const first = votes(['x', 'y', null, 'x']);
  expect(countNamed([first], 'rater')).toBe(2);
  expect(countNamed([first, votes(['y', 'z'])], 'rater')).toBe(3);
  expect(countNamed([{ ...first, raters: [...first.raters, 'idle'] }], 'rater')).toBe(2);
  expect(countNamed([first], 'prompt')).toBeNull();
  expect(countNamed([], 'rater')).toBeNull();
});
