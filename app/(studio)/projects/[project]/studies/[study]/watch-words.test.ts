import { expect, test } from 'vitest';
import type { WatchAdvice } from '#lib/studies/watch/schema.ts';
import { adviceText, provisionalText } from './watch-words.ts';

const OPEN: WatchAdvice = {
  verdict: 'not-yet',
  reason: 'open',
  leader: 'b',
  moreVotes: 300,
  rivals: ['a', 'c', 'd'],
};
const text = (advice: Partial<WatchAdvice>, plannedVotes = 1200) =>
  adviceText({ advice: { ...OPEN, ...advice }, votes: 200, plannedVotes }, 20, 'running');

test('the advice names the leader, who may be better, and about how many votes it takes', () => {
  expect(text({})).toBe(
    'b leads, but a or one of 2 others may still be better. It takes about 300 more votes; the study has room for 1,000.',
  );
  expect(text({ rivals: ['a', 'c'] }, 300)).toMatch(
    /^b leads, but a or c may still be better\. As it looks, it takes about 300 more votes; the 100 /,
  );
  expect(text({ verdict: 'will-not-resolve', rivals: ['a'] }, 300)).toBe(
    'b leads, but a may still be better. It takes about 300 more votes, and the study has room for 100: ask for more votes, or take them as equal.',
  );
});

test('resolved says by what, and too little says what is lacking', () => {
  expect(text({ verdict: 'resolved', reason: 'separated', rivals: [] })).toMatch(
    /^b is better than every other arm/,
  );
  expect(text({ verdict: 'resolved', reason: 'within-margin', rivals: [] })).toMatch(/20 Elo/);
  expect(text({ reason: 'few-clusters' })).toMatch(/ten at least.* room for 1,000 more/);
  expect(text({ reason: 'provisional', verdict: 'will-not-resolve' }, 200)).toMatch(
    /no room for more votes/,
  );
  expect(provisionalText([], 10)).toBeUndefined();
  expect(provisionalText(['few-votes', 'disconnected'], 10)).toBe(
    'Provisional: some arm has fewer than 10 votes, and the arms fall into groups that never met.',
  );
});
