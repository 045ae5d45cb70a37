import { expect, test } from 'vitest';
import { selectVotes } from './select-votes.ts';
import { collectVotes } from './vote-columns.ts';

const collector = collectVotes(['a', 'b', 'c']);
collector.add({ left: 'a', right: 'b', outcome: 'left', rater: 'r1', prompt: 'p1' });
collector.add({ left: 'b', right: 'c', outcome: 'tie', rater: 'r2', prompt: 'p2' });
collector.add({ left: 'c', right: 'a', outcome: 'right', prompt: 'p2' });
const votes = collector.columns();

test('kept votes stay in order, with the names that they use', () => {
  const kept = selectVotes(votes, (v) => v > 0);
  expect(kept).toMatchObject({ arms: ['a', 'b', 'c'], raters: ['r2'], prompts: ['p2'] });
  expect([...kept.left]).toEqual([1, 2]);
  expect([...kept.outcome]).toEqual([2, 1]);
  expect([...(kept.rater ?? [])]).toEqual([0, -1]);
  expect([...(kept.prompt ?? [])]).toEqual([0, 0]);
});

test('a dimension that no kept vote names is none', () => {
  const kept = selectVotes(votes, (v) => v === 2);
  expect(kept.rater).toBeNull();
  expect(selectVotes(votes, () => false)).toMatchObject({ raters: [], prompts: [], rater: null });
});
