import { expect, test } from 'vitest';
import { seededRandom } from '#lib/core/random.ts';
import { simulatedVotes } from '#tests/factories/votes.ts';
import { rankVotes } from '../ranking/rank.ts';
import { type Intervals, METHODS, STRENGTH_METHODS } from '../ranking/ranking.ts';
import { collectVotes, type VoteColumns } from '../votes/vote-columns.ts';

const plain = simulatedVotes({
  arms: 4,
  votes: 1200,
  seed: 5,
  raters: 40,
  prompts: 30,
  effects: 0.4,
});
const random = seededRandom(9);
const repeats = Array.from(plain.left, () => 1 + random.integer(3));

/** Every vote as often as `repeats` says, of the same rater on the same prompt. */
function repeated(votes: VoteColumns): VoteColumns {
  const index = repeats.flatMap((times, v) => Array.from({ length: times }, () => v));
  const pick = (column: Int32Array) => Int32Array.from(index, (v) => column[v] as number);
  return {
    ...votes,
    left: pick(votes.left),
    right: pick(votes.right),
    outcome: Uint8Array.from(index, (v) => votes.outcome[v] as number),
    rater: pick(votes.rater as Int32Array),
    prompt: pick(votes.prompt as Int32Array),
  };
}

test.each(
  STRENGTH_METHODS.flatMap((method) =>
    (['two-way', 'rater', 'prompt'] as const).map((intervals) => ({ method, intervals })),
  ),
)('$method, $intervals: a vote of weight 2 is a vote cast twice by the same rater', (settings) => {
  // Whatever the scale of the weights.
  const weighted = rankVotes(
    { ...plain, weight: Float64Array.from(repeats, (w) => w * 7) },
    settings,
  );
  const twice = rankVotes(repeated(plain), settings);
  weighted.arms.forEach((arm, i) => {
    expect(arm.theta).toBeCloseTo(twice.arms[i]?.theta as number, 9);
    expect(arm.se).toBeCloseTo(twice.arms[i]?.se as number, 9);
  });
  expect(weighted.votes).toBe(1200);
  expect(weighted.warnings.map(({ code }) => code)).toEqual(['weighted']);
});

test('HC0 errors of weighted votes are those of every vote as a cluster of its own', () => {
  const weight = Float64Array.from(repeats);
  const alone = { ...plain, weight, raters: [], rater: null, prompts: [], prompt: null };
  const names = repeats.map((_, v) => `r${v}`);
  const own = { ...alone, raters: names, rater: Int32Array.from(repeats, (_, v) => v) };
  const se = (votes: VoteColumns, intervals: Intervals) =>
    rankVotes(votes, { intervals }).arms.map((arm) => arm.se as number);
  const factor = Math.sqrt(1200 / 1199);
  se(own, 'rater').forEach((value, i) => {
    expect(value / factor).toBeCloseTo(se(alone, 'hc0')[i] as number, 10);
  });
});

test('Elo takes no weights and says so', () => {
  for (const method of METHODS.filter((name) => name.startsWith('elo'))) {
    const { arms, warnings } = rankVotes(
      { ...plain, weight: Float64Array.from(repeats) },
      { method },
    );
    expect(arms).toEqual(rankVotes(plain, { method }).arms);
    expect(warnings.map(({ code }) => code)).toContain('weights-ignored');
  }
});

test('a collector keeps weights only where there are any, and refuses what is none', () => {
  const collector = collectVotes();
  const vote = { left: 'a', right: 'b', outcome: 'left' } as const;
  collector.add({ ...vote, weight: 1 });
  expect(collector.columns().weight).toBeNull();
  collector.add({ ...vote, weight: 2.5 });
  for (let v = 0; v < 2000; v++) collector.add(vote);
  const { weight } = collector.columns();
  expect(weight?.slice(0, 3)).toEqual(Float64Array.of(1, 2.5, 1));
  expect(weight?.at(-1)).toBe(1);
  expect(() => collector.add({ ...vote, weight: 0 })).toThrow(/weight of vote 2003 is 0/);
  expect(() => collector.add({ ...vote, weight: Number.NaN })).toThrow(/above zero/);
});
