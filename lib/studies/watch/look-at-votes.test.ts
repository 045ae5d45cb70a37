import { expect, test } from 'vitest';
import { collectVotes } from '#lib/statistics/votes/vote-columns.ts';
import { type LookInput, lookAtVotes } from './look-at-votes.ts';

const ARMS = ['a', 'b', 'c'];

function look(votes: readonly [string, string][], change: Partial<LookInput> = {}) {
  const collector = collectVotes(ARMS);
  votes.forEach(([winner, loser], i) => {
    collector.add({
      left: winner,
      right: loser,
      outcome: 'left',
      rater: `r${i}`,
      prompt: `p${i % 7}`,
    });
  });
  return lookAtVotes({
    questions: [collector.columns()],
    openPlaces: [50],
    seed: 1,
    marginElo: 20,
    deciding: null,
    candidates: ARMS,
    choosesPairs: true,
    ...change,
  });
}

test('without votes everything is provisional, and every pair is as likely', () => {
  const { result, chances } = look([]);
  expect(result).toMatchObject({ votes: 0, deciding: 0 });
  expect(result.questions[0]).toMatchObject({
    plannedVotes: 50,
    advice: { verdict: 'not-yet', moreVotes: null },
  });
  expect(result.questions[0]?.provisional).toContain('few-votes');
  expect(chances).toHaveLength(3);
  for (const { chance } of chances) expect(chance).toBeCloseTo(1 / 3, 9);
});

test('arms that never met are told, and their pairs come first', () => {
  const { result, chances } = look(
    Array.from({ length: 40 }, (_, i) => (i % 2 ? ['a', 'b'] : ['b', 'a'])),
  );
  expect(result.questions[0]?.provisional).toContain('disconnected');
  expect(chances.reduce((sum, { chance }) => sum + chance, 0)).toBeCloseTo(1, 9);
  const [ab, ac, bc] = chances.map(({ chance }) => chance);
  expect(ac).toBeGreaterThan(ab ?? 1);
  expect(bc).toBeGreaterThan(ab ?? 1);
});

test('an arm that never lost is told once the graph is one, and full cells leave no hope', () => {
  const { result } = look(
    Array.from(
      { length: 60 },
      (_, i) =>
        [
          ['a', 'b'],
          ['a', 'c'],
          ['b', 'c'],
          ['c', 'b'],
        ][i % 4] as [string, string],
    ),
    { openPlaces: [0], choosesPairs: false },
  );
  expect(result.questions[0]?.provisional).toEqual(['never-lost']);
  expect(result.questions[0]?.advice).toMatchObject({
    verdict: 'will-not-resolve',
    reason: 'provisional',
  });
});
