import { expect, test } from 'vitest';
import { collectVotes } from '#lib/statistics/votes/vote-columns.ts';
import { rankingMethodSchema, rankingResultSchema } from '../schema.ts';
import { computeRanking } from './compute-ranking.ts';

function votes() {
  const collector = collectVotes(['low', 'high', 'unseen']);
  for (let i = 0; i < 30; i++)
    collector.add({
      left: i % 2 ? 'low' : 'high',
      right: i % 2 ? 'high' : 'low',
      outcome: i % 5 === 0 ? 'tie' : i % 3 === 0 ? 'right' : 'left',
      rater: `r${i % 4}`,
      prompt: `p${i % 6}`,
    });
  return collector.columns();
}

test.each(rankingMethodSchema.options)(
  '%s: stored form parses, and the same votes give the same digits',
  (method) => {
    const first = computeRanking([votes(), votes()], method, 7);
    expect(rankingResultSchema.parse(JSON.parse(JSON.stringify(first)))).toEqual(
      rankingResultSchema.parse(first),
    );
    expect(computeRanking([votes(), votes()], method, 7)).toEqual(first);
    expect(first.votes).toBe(60);
  },
);

test('pair counts are summed over questions', () => {
  const { pairs } = computeRanking([votes(), votes()], 'davidson', 0);
  const sum = pairs.reduce((total, pair) => total + pair.aWins + pair.bWins + pair.ties, 0);
  expect(sum).toBe(60);
  expect(pairs).toHaveLength(1);
});
