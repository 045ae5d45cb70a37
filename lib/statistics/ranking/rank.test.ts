import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom, shuffle } from '#lib/core/random.ts';
import { simulatedVotes, votesOfCounts, votesOfRows } from '#tests/factories/votes.ts';
import cems from '#tests/golden/cems/reference.json' with { type: 'json' };
import { rankQuestions, rankVotes } from './rank.ts';
import { INTERVALS, METHODS, type Ranking, STRENGTH_METHODS } from './ranking.ts';

const byName = (ranking: Ranking) => new Map(ranking.arms.map((arm) => [arm.name, arm]));
const codes = (ranking: Ranking) => ranking.warnings.map(({ code }) => code);

/** Every number in it, however deep, is finite. */
function expectNoNaN(value: unknown): void {
  if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
  else if (typeof value === 'object' && value !== null) Object.values(value).forEach(expectNoNaN);
}

test('schools: rank ranges and P(best) as multcomp gives them', () => {
  const ranking = rankVotes(votesOfCounts(cems.counts), {
    method: 'bradley-terry',
    intervals: 'model',
  });
  const arms = byName(ranking);
  cems.items.forEach((item, i) => {
    const expected = cems.simultaneousModel;
    expect(arms.get(item)?.rankLow).toBe(expected.rank_best[i]);
    expect(arms.get(item)?.rankHigh).toBe(expected.rank_worst[i]);
    expect(arms.get(item)?.pBest).toBeCloseTo(expected.p_best_gaussian_1e6[i] as number, 2);
  });
  expect(ranking.arms.map(({ tier }) => tier)).toEqual([1, 2, 3, 3, 3, 4]);
  expect(ranking.arms.map(({ name }) => name)[0]).toBe('London');
});

test('chooses davidson where there is a tie, else bradley-terry', () => {
  expect(rankVotes(votesOfCounts([['a', 'b', 3, 2, 1]])).method).toBe('davidson');
  expect(rankVotes(votesOfCounts([['a', 'b', 3, 2, 0]])).method).toBe('bradley-terry');
  const forced = rankVotes(votesOfCounts([['a', 'b', 3, 2, 0]]), { method: 'davidson' });
  expect(forced.tieParameter).toBe(0);
  const other = rankVotes(votesOfCounts([['a', 'b', 3, 2, 0]]), { method: 'rao-kupper' });
  expect(other.tieParameter).toBe(1);
  expect(other.arms).toEqual(forced.arms);
});

test('vcov is that of theta in the order of arms, and the mean is zero', () => {
  const ranking = rankVotes(simulatedVotes({ arms: 5, votes: 900, seed: 2 }));
  ranking.arms.forEach((arm, i) => {
    expect(Math.sqrt(ranking.vcov?.[i]?.[i] as number)).toBeCloseTo(arm.se as number, 12);
    expect(arm.elo).toBeCloseTo(1000 + (400 * (arm.theta as number)) / Math.LN10, 10);
  });
  expect(ranking.arms.reduce((sum, arm) => sum + (arm.theta as number), 0)).toBeCloseTo(0, 12);
  expect(ranking.arms.reduce((sum, arm) => sum + (arm.pBest as number), 0)).toBeCloseTo(1, 9);
});

test('is plain frozen data', () => {
  const ranking = rankVotes(votesOfCounts([['a', 'b', 3, 2, 1]]));
  expect(JSON.parse(JSON.stringify(ranking))).toEqual(ranking);
  expect(Object.isFrozen(ranking.arms[0])).toBe(true);
  expect(Object.isFrozen(ranking.vcov?.[0])).toBe(true);
});

const DEGENERATE: [string, ReturnType<typeof votesOfCounts>, string | null][] = [
  ['no votes', votesOfCounts([]), 'no-votes'],
  ['one arm without votes', { ...votesOfCounts([]), arms: ['a'] }, 'one-arm'],
  ['arms without votes', { ...votesOfCounts([]), arms: ['a', 'b', 'c'] }, 'no-votes'],
  ['only ties', votesOfCounts([['a', 'b', 0, 0, 9]]), null],
  ['one vote', votesOfCounts([['a', 'b', 1, 0, 0]]), null],
  ['one tie', votesOfCounts([['a', 'b', 0, 0, 1]]), null],
  [
    'an arm that never lost',
    votesOfCounts([
      ['a', 'b', 30, 0, 0],
      ['b', 'c', 9, 8, 0],
    ]),
    null,
  ],
  ['an arm that never lost but tied', votesOfCounts([['a', 'b', 30, 0, 9]]), null],
  [
    'groups that never met',
    votesOfCounts([
      ['a', 'b', 9, 7, 1],
      ['c', 'd', 5, 6, 2],
    ]),
    'disconnected',
  ],
  [
    'perfect balance',
    votesOfCounts([
      ['a', 'b', 5, 5, 0],
      ['b', 'c', 5, 5, 0],
    ]),
    null,
  ],
  ['an arm named like a prototype', votesOfCounts([['__proto__', 'constructor', 5, 5, 0]]), null],
];

/** The same votes, all of one rater on one prompt. */
const named = (votes: ReturnType<typeof votesOfCounts>) => ({
  ...votes,
  raters: ['r'],
  rater: new Int32Array(votes.left.length),
  prompts: ['p'],
  prompt: new Int32Array(votes.left.length),
});

test.each(DEGENERATE)('%s: an answer, never NaN, by every method', (_, votes, code) => {
  for (const method of [undefined, ...METHODS]) {
    for (const intervals of [undefined, ...INTERVALS]) {
      const own = { method, intervals, shuffles: 20, replicates: 20 };
      const ranking = rankVotes(intervals ? named(votes) : votes, own);
      expectNoNaN(ranking);
      if (code) expect(codes(ranking)).toContain(code);
      for (const { theta, se } of ranking.arms) {
        if (theta !== null && ranking.arms.length > 1) expect(se).toBeGreaterThan(0);
      }
    }
    expectNoNaN(rankVotes(votes, { method, ties: 'drop', shuffles: 20 }));
  }
});

test('what has no finite estimate is provisional and says so', () => {
  const ranking = rankVotes(votesOfCounts([['a', 'b', 30, 0, 0]]));
  expect(codes(ranking)).toContain('ridge');
  expect(ranking.settings).toMatchObject({ ridge: 1, intervals: 'model' });
  expect(ranking.arms.every(({ provisional }) => provisional)).toBe(true);
  expect(ranking.strongComponents).toBe(2);
});

test('no ranking across groups that never met', () => {
  const ranking = rankVotes(
    votesOfCounts([
      ['a', 'b', 900, 100, 0],
      ['c', 'd', 900, 100, 0],
    ]),
  );
  expect(ranking.components).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
  expect(byName(ranking).get('a')).toMatchObject({ rankLow: 1, rankHigh: 3, pBest: null });
  expect(byName(ranking).get('d')).toMatchObject({ rankLow: 2, rankHigh: 4, tier: null });
});

test.each(METHODS)('300 arms with two votes each: %s', (method) => {
  const votes = simulatedVotes({ arms: 300, votes: 300, seed: 1 });
  const ranking = rankVotes(votes, { method });
  expect(ranking.arms).toHaveLength(300);
  expectNoNaN(ranking);
});

test('300 arms with two votes each: every kind of interval', () => {
  const votes = simulatedVotes({ arms: 300, votes: 300, seed: 1 });
  for (const intervals of INTERVALS) {
    expectNoNaN(rankVotes(votes, { method: 'bradley-terry', intervals, replicates: 3 }));
  }
});

test('refuses settings out of range and a vote of an arm against itself', () => {
  const votes = votesOfCounts([['a', 'b', 3, 2, 1]]);
  expect(() => rankVotes(votes, { level: 95 })).toThrow(/level must be between 0 and 1/);
  expect(() => rankVotes(votes, { k: Number.NaN })).toThrow(/k must be above zero/);
  expect(() => rankVotes(votesOfRows([['a', 'a', 'left']]))).toThrow(/with itself/);
});

test('identical questions give the ranking of one; their votes are summed', () => {
  const votes = simulatedVotes({ arms: 4, votes: 800, seed: 6 });
  const one = rankVotes(votes);
  const two = rankQuestions([votes, votes]);
  expect(two.votes).toBe(1600);
  two.arms.forEach((arm, i) => {
    expect(arm.theta).toBeCloseTo(one.arms[i]?.theta as number, 12);
    expect(arm.se).toBeCloseTo(one.arms[i]?.se as number, 12);
    expect(arm.wins).toBe(2 * (one.arms[i]?.wins as number));
  });
});

const name = fc.constantFrom('a', 'b', 'c', 'd');
const row = fc
  .tuple(name, name, fc.constantFrom('left', 'right', 'tie'))
  .filter(([left, right]) => left !== right);
const rows = fc.array(row, { minLength: 1, maxLength: 60 });

test('swapping sides and the order of rows change nothing', () => {
  fc.assert(
    fc.property(rows, fc.constantFrom(...STRENGTH_METHODS), fc.integer(), (votes, method, seed) => {
      const swapped = votes.map(([left, right, outcome]) => [
        right,
        left,
        outcome === 'left' ? 'right' : outcome === 'right' ? 'left' : 'tie',
      ]);
      const plain = rankVotes(votesOfRows(votes), { method });
      expect(rankVotes(votesOfRows(swapped), { method })).toEqual(plain);
      const mixed = shuffle([...votes], seededRandom(seed));
      expect(rankVotes(votesOfRows(mixed), { method })).toEqual(plain);
    }),
    { numRuns: 15 },
  );
});

test('renaming arms renames them', () => {
  const other: Record<string, string> = { a: 'z', b: 'y', c: 'x', d: 'w' };
  fc.assert(
    fc.property(rows, fc.constantFrom(...STRENGTH_METHODS), (votes, method) => {
      const plain = rankVotes(votesOfRows(votes), { method });
      const renamed = votes.map(([left, right, outcome]) => [
        other[left] as string,
        other[right] as string,
        outcome,
      ]);
      const arms = byName(rankVotes(votesOfRows(renamed), { method }));
      for (const arm of plain.arms) {
        const same = arms.get(other[arm.name] as string);
        expect(same?.theta).toBeCloseTo(arm.theta as number, 8);
        expect(same?.se).toBeCloseTo(arm.se as number, 8);
        expect(same).toMatchObject({ wins: arm.wins, losses: arm.losses, ties: arm.ties });
      }
    }),
    { numRuns: 15 },
  );
});

test.each(STRENGTH_METHODS)(
  '%s: arms that nothing tells apart are best equally often',
  (method) => {
    const pairs = ['a', 'b', 'c', 'd'].flatMap((x, i, all) => all.slice(i + 1).map((y) => [x, y]));
    const votes = votesOfCounts(pairs.map(([x = '', y = '']) => [x, y, 40, 40, 20]));
    for (const arm of rankVotes(votes, { method }).arms) {
      expect(arm.theta).toBeCloseTo(0, 12);
      expect(arm.pBest).toBeCloseTo(0.25, 2);
      expect(arm).toMatchObject({ rankLow: 1, rankHigh: 4, tier: 1 });
    }
  },
);

test.each(STRENGTH_METHODS)(
  '%s: what was expected of each pair of two is what happened',
  (method) => {
    // With as many parameters as outcomes nothing is lost: the fit gives the shares back.
    const { arms, tieParameter } = rankVotes(votesOfCounts([['a', 'b', 50, 20, 30]]), { method });
    const worth = (name: string) =>
      Math.exp(arms.find((arm) => arm.name === name)?.theta as number);
    const [a, b, tie] = [worth('a'), worth('b'), tieParameter ?? 0];
    const first = {
      'bradley-terry': a / (a + b) - 0.15,
      davidson: a / (a + b + tie * Math.sqrt(a * b)),
      'rao-kupper': a / (a + tie * b),
    };
    expect(first[method]).toBeCloseTo(0.5, 9);
  },
);
