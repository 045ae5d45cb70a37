import { expect, test } from 'vitest';
import { waitBeforeLook } from './wait-before-look.ts';

const at = (seconds: number) => new Date(Date.UTC(2030, 0, 1) + seconds * 1000);
const look = (votes: number) => ({
  createdAt: at(0),
  result: { votes, minimumVotes: 10, marginElo: 20, questions: [], deciding: null },
});

test('a small study is looked at whenever votes come, a large one after a pause that grows', () => {
  expect(waitBeforeLook(null, at(0))).toBe(0);
  expect(waitBeforeLook(look(2_000), at(1))).toBe(0);
  expect(waitBeforeLook(look(1_000_000), at(1))).toBe(49);
  expect(waitBeforeLook(look(1_000_000), at(60))).toBe(0);
  expect(waitBeforeLook(look(2_000_000), at(0))).toBe(100);
});

test('a look that an earlier version wrote otherwise is replaced at once', () => {
  expect(waitBeforeLook({ createdAt: at(0), result: { votes: 1e9 } }, at(1))).toBe(0);
});
