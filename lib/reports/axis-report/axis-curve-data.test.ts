import { expect, test } from 'vitest';
import { collectVotes, type VoteColumns } from '#lib/statistics/votes/vote-columns.ts';
import { winShare } from '#lib/statistics/votes/win-share.ts';
import { type StudySpecInput, studySpecSchema } from '#lib/studies/schema.ts';
import type { RankingMethod } from '../schema.ts';
import { computeRanking } from '../snapshots/compute-ranking.ts';
import { axisCurveData } from './axis-curve-data.ts';

function specOf(arms: StudySpecInput['arms'], axis: StudySpecInput['axis']) {
  return studySpecSchema.parse({
    ...{ slug: 's', title: 'S', import: 'runs', arms, axis },
    prompts: [{ key: 'p', text: 'A cat' }],
    questions: [{ key: 'q', wording: { en: 'Better?' } }],
  });
}
const FILTER = { kind: 'removed-fraction' as const, name: 'Motion' };
const THREE = [
  { name: 'all', level: 0 },
  { name: 'quarter', level: 0.25 },
  { name: 'half', level: 0.5 },
];

/** Votes from [winner, loser, how often]; raters and prompts take turns. */
function votesOf(arms: readonly string[], rows: readonly (readonly [string, string, number])[]) {
  const collector = collectVotes(arms);
  let n = 0;
  for (const [winner, loser, times] of rows)
    for (let i = 0; i < times; i++, n++) {
      const isLeft = n % 2 === 0;
      collector.add({
        ...(isLeft ? { left: winner, right: loser } : { left: loser, right: winner }),
        outcome: isLeft ? 'left' : 'right',
        ...{ rater: `r${n % 17}`, prompt: `${n % 19}` },
      });
    }
  return collector.columns();
}

function curveOf(
  spec: ReturnType<typeof specOf>,
  votes: VoteColumns,
  method: RankingMethod = 'davidson',
) {
  const ranking = computeRanking([votes], method, 0);
  return axisCurveData(spec, {
    ...ranking,
    ...{ question: 0, seed: 0 },
    arms: ranking.arms.map((arm) => {
      const { share, low, high } = winShare(arm.wins, arm.losses, arm.ties);
      return { ...arm, winShare: share, winShareLow: low, winShareHigh: high };
    }),
  });
}
const textsOf = (curve: ReturnType<typeof curveOf>) => curve?.words.map(({ text }) => text) ?? [];
const names = THREE.map(({ name }) => name);

test('a peak between the ends, in words', () => {
  const curve = curveOf(
    specOf(THREE, FILTER),
    votesOf(names, [
      ['quarter', 'all', 160],
      ['all', 'quarter', 60],
      ['quarter', 'half', 160],
      ['half', 'quarter', 60],
      ['all', 'half', 100],
      ['half', 'all', 100],
    ]),
  );
  const texts = textsOf(curve);
  expect(texts[0]).toBe('Removing 25 % is the best arm with a probability of over 99 %.');
  expect(texts[1]).toMatch(
    /^Removing 25 % is better than removing nothing by \d+ Elo, 95 % interval \d+ to \d+\.$/,
  );
  expect(texts[2]).toMatch(
    /^Removing 50 % can’t be told apart from removing nothing: \d Elo, 95 % interval −\d+ to \d+\.$/,
  );
  expect(texts[3]).toBe('The effect peaks between the ends, at removing 25 % (p < 0.001).');
  expect(texts[4]).toBe('Tiers: 1: 25 %; 2: 0 % and 50 %.');
  expect(texts[5]).toMatch(/^Not resolved, all pairs judged at once: 0 % against 50 %; /);
  expect(curve?.points.map(({ kept }) => kept)).toEqual([1, 0.75, 0.5]);
});

test('a falling trend on an ordered axis', () => {
  const arms = [
    { name: 'crf-18', level: 18 },
    { name: 'crf-36', level: 36 },
    { name: 'crf-51', level: 51 },
  ];
  const curve = curveOf(
    specOf(arms, { kind: 'ordered', name: 'CRF' }),
    votesOf(
      arms.map(({ name }) => name),
      [
        ['crf-18', 'crf-36', 130],
        ['crf-36', 'crf-18', 60],
        ['crf-36', 'crf-51', 130],
        ['crf-51', 'crf-36', 60],
        ['crf-18', 'crf-51', 150],
        ['crf-51', 'crf-18', 30],
      ],
    ),
  );
  const texts = textsOf(curve);
  expect(texts).toContain('Preference falls with CRF (p < 0.001).');
  expect(texts[1]).toMatch(/^CRF 36 is worse than CRF 18 by \d+ Elo, 95 % interval \d+ to \d+\.$/);
  expect(texts.at(-1)).toBe('Every pair of arms on the axis is told apart.');
  expect(curve?.points[0]).toMatchObject({ isReference: true, difference: 0, kept: null });
});

test('no trend, and a share instead of Elo with two arms', () => {
  const even = curveOf(
    specOf(THREE, FILTER),
    votesOf(
      names,
      names.flatMap((a) => names.filter((b) => b !== a).map((b) => [a, b, 50] as const)),
    ),
  );
  expect(textsOf(even)).toContain('No trend can be told (p = 1).');
  expect(textsOf(even)).toContain(
    'All arms share one tier: none is shown to be better than another.',
  );
  const two = curveOf(
    specOf(THREE.slice(0, 2), FILTER),
    votesOf(names.slice(0, 2), [
      ['quarter', 'all', 70],
      ['all', 'quarter', 30],
    ]),
  );
  expect(textsOf(two)).toEqual([
    'Removing 25 % is preferred to removing nothing: it wins 70 % of the votes (95 % interval 60 to 78 %), ties as half.',
  ]);
  expect(two?.points[1]?.winShareLow).not.toBeNull();
});

test('degenerate studies answer without a number that is none', () => {
  const spec = specOf(THREE, FILTER);
  const none = curveOf(spec, votesOf(names, []));
  expect(none?.votes).toBe(0);
  expect(textsOf(none)[0]).toMatch(/^Provisional/);
  const apart = curveOf(
    spec,
    votesOf(names, [
      ['quarter', 'half', 40],
      ['half', 'quarter', 30],
    ]),
  );
  expect(apart?.points.find(({ arm }) => arm === 'half')).toMatchObject({
    difference: null,
    low: null,
  });
  const oneLevel = curveOf(
    specOf([{ name: 'all', level: 0 }, { name: 'other' }, { name: 'third' }], FILTER),
    votesOf(
      ['all', 'other', 'third'],
      [
        ['all', 'other', 20],
        ['other', 'third', 20],
        ['third', 'all', 9],
      ],
    ),
  );
  expect(oneLevel?.points.map(({ arm }) => arm)).toEqual(['all']);
  expect(oneLevel?.contrasts).toEqual([]);
  expect(textsOf(oneLevel)).toEqual([
    'Fewer than two arms on the axis have votes: nothing to compare.',
  ]);
  for (const curve of [none, apart, oneLevel])
    expect(JSON.stringify(curve)).toBe(
      JSON.stringify(curve, (_, value) => {
        expect(value).not.toBeNaN();
        return value;
      }),
    );
});

test('the paper’s Elo has differences and no intervals, and says so', () => {
  const votes = votesOf(names, [
    ['quarter', 'all', 60],
    ['all', 'half', 60],
    ['half', 'quarter', 20],
  ]);
  const curve = curveOf(specOf(THREE, FILTER), votes, 'elo-paper');
  expect(curve?.points[1]).toMatchObject({ low: null, pBest: null, tier: null });
  expect(curve?.points[1]?.difference).not.toBeNull();
  expect(curve?.words.map(({ code }) => code)).toEqual(['no-intervals']);
});

test('training steps and studies without an axis have no curve', () => {
  const votes = votesOf(names, [['quarter', 'all', 3]]);
  expect(curveOf(specOf(THREE, null), votes)).toBeNull();
  expect(curveOf(specOf(THREE, { kind: 'training-step', name: 'Step' }), votes)).toBeNull();
});

test('arms of one level are told by their names as well', () => {
  const arms = [...THREE, { name: 'quarter, other seed', level: 0.25 }];
  const all = arms.map(({ name }) => name);
  const curve = curveOf(
    specOf(arms, FILTER),
    votesOf(
      all,
      all.flatMap((a) => all.filter((b) => b !== a).map((b) => [a, b, 15] as const)),
    ),
  );
  expect(textsOf(curve).join('\n')).toContain('Removing 25 % (quarter, other seed) can’t be told');
});
