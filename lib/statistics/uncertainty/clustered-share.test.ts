import { expect, test } from 'vitest';
import { seededRandom } from '#lib/core/random.ts';
import { simulatedVotes } from '#tests/factories/votes.ts';
import { collectVotes, LEFT_WON } from '../votes/vote-columns.ts';
import { winShare } from '../votes/win-share.ts';
import { clusteredShare } from './clustered-share.ts';

const leftWins =
  (votes: ReturnType<typeof simulatedVotes>) =>
  (_: number, v: number): number =>
    votes.outcome[v] === LEFT_WON ? 1 : 0;

test('by hand: two raters on two prompts', () => {
  const collector = collectVotes(['a', 'b']);
  const add = (rater: string, prompt: string, outcome: 'left' | 'right') =>
    collector.add({ left: 'a', right: 'b', outcome, rater, prompt });
  add('r1', 'p1', 'left');
  add('r1', 'p2', 'left');
  add('r2', 'p1', 'left');
  add('r2', 'p2', 'right');
  const votes = collector.columns();
  const { share, low, high } = clusteredShare([votes], leftWins(votes));
  expect(share).toBe(0.75);
  // Residuals 1/4, 1/4, 1/4, -3/4: raters 1/2 and -1/2, prompts the same, cells each its own.
  // 2 (1/4 + 1/4) + the same - 4/3 (3/16 + 9/16) = 1; its root over 4 votes is 0.25, t(1) is 12.706.
  expect([low, high]).toEqual([0, 1]);
});

test('without clusters it is close to an interval of independent votes; with them it is wider', () => {
  const plan = { arms: 2, votes: 4000, raters: 60, prompts: 60, nu: 0, span: 0, seed: 5 };
  const width = (votes: ReturnType<typeof simulatedVotes>) => {
    // Of the second arm, so that rater and prompt effects show.
    const { low, high } = clusteredShare([votes], (_, v) =>
      (votes.outcome[v] === LEFT_WON ? votes.left[v] : votes.right[v]) === 1 ? 1 : 0,
    );
    return (high ?? 0) - (low ?? 0);
  };
  const alone = winShare(2000, 2000);
  const ratio = width(simulatedVotes(plan)) / (alone.high - alone.low);
  expect(ratio).toBeGreaterThan(0.75);
  expect(ratio).toBeLessThan(1.3);
  expect(width(simulatedVotes({ ...plan, effects: 0.7 }))).toBeGreaterThan(
    1.5 * (alone.high - alone.low),
  );
});

test('degenerate votes have an answer', () => {
  const random = seededRandom(1);
  const collector = collectVotes(['a', 'b']);
  expect(clusteredShare([collector.columns()], () => 1)).toEqual({ share: null, low: 0, high: 1 });
  for (let v = 0; v < 10; v++)
    collector.add({
      left: 'a',
      right: 'b',
      outcome: 'left',
      rater: 'r',
      prompt: `${random.integer(3)}`,
    });
  const votes = collector.columns();
  expect(clusteredShare([votes], leftWins(votes))).toEqual(winShare(10, 0));
  expect(clusteredShare([votes], () => null)).toEqual({ share: null, low: 0, high: 1 });
});
