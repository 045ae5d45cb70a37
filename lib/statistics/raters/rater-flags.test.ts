import { expect, test } from 'vitest';
import { seededRandom } from '#lib/core/random.ts';
import { collectVotes, type Outcome } from '../votes/vote-columns.ts';
import { raterFlags } from './rater-flags.ts';

const ARMS = ['a', 'b', 'c', 'd'];
const STRENGTHS = [1.5, 0.5, -0.5, -1.5];

/** 30 raters of 40 votes each; the first few answer as told. */
function votesWith(ways: readonly ((left: number, right: number) => Outcome)[]) {
  const random = seededRandom(5);
  const votes = collectVotes(ARMS);
  for (let rater = 0; rater < 30; rater++) {
    for (let v = 0; v < 40; v++) {
      const left = random.integer(4);
      const right = (left + 1 + random.integer(3)) % 4;
      const lead = (STRENGTHS[left] as number) - (STRENGTHS[right] as number);
      const isLeft = random.next() < 1 / (1 + Math.exp(-lead));
      votes.add({
        left: ARMS[left] as string,
        right: ARMS[right] as string,
        outcome: ways[rater]?.(left, right) ?? (isLeft ? 'left' : 'right'),
        rater: `r${rater}`,
        prompt: null,
      });
    }
  }
  return votes.columns();
}

test('tells apart who answers at random, presses one button or promotes an arm', () => {
  const random = seededRandom(9);
  const votes = votesWith([
    () => (random.integer(2) === 0 ? 'left' : 'right'),
    () => 'right',
    (left, right) => (left === 3 || right === 0 ? 'left' : right === 3 ? 'right' : 'left'),
  ]);
  const flagged = raterFlags([votes]).filter(({ flags }) => flags.length > 0);
  expect(flagged.map(({ rater, flags }) => [rater, flags[0]?.code])).toEqual([
    ['r0', 'random'],
    ['r1', 'side-only'],
    ['r2', 'promoter'],
  ]);
  expect(flagged[1]).toMatchObject({ sideBias: { left: 0, right: 40 }, votes: 40 });
  expect(flagged[1]?.flags[0]?.reason).toContain('40 of 40 votes are for the right side');
  expect(flagged[2]?.ePromoter.arm).toBe('d');
});

test('marks and gold pairs are told with their numbers, and little flags nobody', () => {
  const votes = votesWith([]);
  const fast = Uint8Array.from(votes.left, (_, v) => (v < 20 ? 1 : 0));
  const unwatched = Uint8Array.from(votes.left, (_, v) => (v >= 40 && v < 42 ? 1 : 0));
  const gold = new Map([
    ['r2', { seen: 3, missed: 1 }],
    ['r3', { seen: 3, missed: 3 }],
  ]);
  const raters = raterFlags([votes], { fast: [fast], unwatched: [unwatched], gold });
  expect(raters[0]).toMatchObject({ fastShare: 0.5, flags: [{ code: 'fast' }] });
  expect(raters[1]).toMatchObject({ unwatchedShare: 0.05, flags: [] });
  expect(raters[2]).toMatchObject({ gold: { seen: 3, missed: 1 }, flags: [] });
  expect(raters[3]?.flags[0]?.reason).toBe('3 of 3 pairs with a known answer were missed.');
});

test('the same person is one rater over several questions', () => {
  const votes = votesWith([() => 'left']);
  const [first, ...others] = raterFlags([votes, votes]);
  const [alone] = raterFlags([votes]);
  expect(first).toMatchObject({ rater: 'r0', votes: 80 });
  expect(first?.eSide).toBeCloseTo(alone?.eSide as number);
  expect(others).toHaveLength(29);
});

test('degenerate votes give e-values near one and never NaN', () => {
  const rows: [string, string, Outcome, string | null][][] = [
    [],
    [['a', 'b', 'left', null]],
    [['a', 'b', 'tie', 'only']],
    [
      ['a', 'b', 'left', 'one'],
      ['c', 'd', 'left', 'two'],
    ],
  ];
  for (const votes of rows) {
    const collector = collectVotes();
    for (const [left, right, outcome, rater] of votes) {
      collector.add({ left, right, outcome, rater });
    }
    const raters = raterFlags([collector.columns()]);
    expect(JSON.stringify(raters)).not.toMatch(/NaN|Infinity|null,"eSide/);
    for (const { eRandom, eSide, flags } of raters) {
      expect(flags).toEqual([]);
      expect(eRandom).toBeLessThan(3);
      expect(eSide).toBeLessThan(3);
    }
  }
});
