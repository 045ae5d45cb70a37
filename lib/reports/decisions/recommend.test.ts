import { expect, test } from 'vitest';
import { rankVotes } from '#lib/statistics/ranking/rank.ts';
import { collectVotes } from '#lib/statistics/votes/vote-columns.ts';
import { type StudySpecInput, studySpecSchema } from '#lib/studies/schema.ts';
import { rankingResultSchema } from '../schema.ts';
import { viewAdvice } from './advice-words.ts';
import { type RankedChoice, recommend } from './recommend.ts';

function specOf(change: Partial<StudySpecInput> = {}) {
  return studySpecSchema.parse({
    slug: 'motion',
    title: 'Motion',
    import: 'runs',
    axis: { kind: 'removed-fraction', name: 'Motion score' },
    arms: [
      { name: 'none', level: 0 },
      { name: 'quarter', level: 0.25 },
      { name: 'half', level: 0.5 },
      { name: 'random-half', level: 0.5, isControl: true },
      { name: 'none-again', level: 0, replicaOf: 'none' },
    ],
    prompts: [{ key: 'cat', text: 'A cat' }],
    ...change,
  });
}

/** Of 100 votes a pair, how many the stronger arm wins. */
function ranked(question: number | null, strengths: Record<string, number>): RankedChoice {
  const names = Object.keys(strengths);
  const votes = collectVotes(names);
  for (const [i, left] of names.entries())
    for (const right of names.slice(i + 1)) {
      const gap = (strengths[left] ?? 0) - (strengths[right] ?? 0);
      const wins = Math.round(100 / (1 + Math.exp(-gap)));
      for (let n = 0; n < 100; n++)
        votes.add({
          left,
          right,
          outcome: n < wins ? 'left' : 'right',
          rater: `r${n % 20}`,
          prompt: `p${(n * 7) % 25}`,
        });
    }
  const ranking = rankVotes(votes.columns(), { method: 'davidson', seed: 1 });
  return {
    question,
    votes: ranking.votes,
    result: rankingResultSchema.parse({ ...structuredClone(ranking), pairs: [] }),
  };
}

const CLEAR = { none: 0, quarter: 2, half: 0.2, 'random-half': -3, 'none-again': 6 };

test('a clear winner on the axis is recommended, whatever controls and replicas do', () => {
  const spec = specOf();
  const advice = recommend(spec, [ranked(null, CLEAR), ranked(0, CLEAR), ranked(1, CLEAR)], 1);
  expect(advice).toMatchObject({
    verdict: 'resolved',
    recommendation: 'quarter',
    reference: 'none',
    reason: { code: 'separated' },
  });
  expect(advice?.perArm.map(({ name }) => name)).toEqual(['none', 'quarter', 'half']);
  // Elo, not natural logarithms.
  expect(advice?.perArm[1]?.difference).toBeGreaterThan(250);
  if (!advice) throw new Error('there is advice');
  expect(viewAdvice(spec, spec.decision, advice)).toMatchObject({
    ruleText:
      'the best arm, or one shown to be within 20 Elo of it; the mean of all questions decides',
    text: expect.stringMatching(/^Take 25 % removed \(“quarter”\)\. It is better than every other/),
  });
});

test('the deciding question decides alone', () => {
  const spec = specOf({ decision: { prefer: 'best', question: 'prompt-following' } });
  const other = { ...CLEAR, quarter: 0, half: 2 };
  const advice = recommend(spec, [ranked(null, CLEAR), ranked(0, CLEAR), ranked(1, other)], 1);
  expect(advice?.recommendation).toBe('half');
});

test('the cheapest of arms that are shown to be alike keeps most clips', () => {
  const alike = { none: 1, quarter: 1, half: 1, 'random-half': 0, 'none-again': 1 };
  const spec = specOf({ decision: { prefer: 'cheapest', marginElo: 300 } });
  expect(recommend(spec, [ranked(null, alike)], 1)).toMatchObject({
    recommendation: 'none',
    reason: { code: 'within-margin' },
  });
  const strict = specOf({ decision: { prefer: 'cheapest', marginElo: 5 } });
  const open = recommend(strict, [ranked(null, alike)], 1);
  expect(open).toMatchObject({ verdict: 'not-resolved', recommendation: null });
  if (!open) throw new Error('there is advice');
  expect(viewAdvice(strict, strict.decision, open).text).toMatch(/^Not resolved yet\./);
});

test('without an axis of levels, or on training steps, there is nothing to decide', () => {
  const arms = [{ name: 'none' }, { name: 'quarter' }];
  expect(recommend(specOf({ axis: null, arms }), [], 1)).toBeNull();
  const steps = specOf({
    axis: { kind: 'training-step', name: 'Steps' },
    arms: [
      { name: 'none', level: 100, series: 'x' },
      { name: 'quarter', level: 200, series: 'x' },
    ],
  });
  expect(recommend(steps, [], 1)).toBeNull();
});

test('an ordered axis is told by its unit; without rankings nothing is recommended', () => {
  const spec = specOf({
    axis: { kind: 'ordered', name: 'Rate', unit: 'frames/s' },
    arms: [
      { name: 'slow', level: 12 },
      { name: 'fast', level: 24 },
    ],
  });
  const none = recommend(spec, [], 1);
  expect(none).toMatchObject({ verdict: 'not-resolved', reason: { code: 'nothing-to-compare' } });
  const advice = recommend(spec, [ranked(null, { slow: 0, fast: 3 })], 1);
  if (!advice) throw new Error('there is advice');
  expect(viewAdvice(spec, spec.decision, advice).text).toMatch(/^Take 24 frames\/s \(“fast”\)/);
  // Two arms are told by shares of votes, never by Elo.
  const told = viewAdvice(spec, spec.decision, advice);
  expect(told.text).toContain('it wins 95.0 % of decided votes');
  expect(told.text + told.ruleText).not.toContain('Elo');
});
