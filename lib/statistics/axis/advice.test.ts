import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rankQuestions, rankVotes } from '#lib/statistics/ranking/rank.ts';
import { simulatedVotes, votesOfCounts } from '#tests/factories/votes.ts';
import { ELO_PER_THETA } from '../ranking/elo-scale.ts';
import type { StopStrengths } from '../stopping/stop-advice.ts';
import { type AdviceRule, adviseThreshold, type RatedQuestion } from './advice.ts';

const NAMES = ['none', 'removed-12.5', 'removed-25', 'removed-50'];
const LEVELS = new Map(NAMES.map((name, i) => [name, [0, 0.125, 0.25, 0.5][i] as number]));

/** Arms at these Elo points with independent errors of one size, in Elo. */
function rated(
  elo: readonly number[],
  seElo: number,
  more?: Partial<StopStrengths>,
): RatedQuestion {
  const variance = (seElo / ELO_PER_THETA) ** 2;
  return {
    strengths: {
      arms: elo.map((points, i) => ({
        name: NAMES[i] ?? `other-${i}`,
        theta: points / ELO_PER_THETA,
      })),
      vcov: elo.map((_, i) => elo.map((_other, j) => (i === j ? variance : 0))),
      degreesOfFreedom: null,
      ...more,
    },
    votes: 1152,
  };
}

const advise = (question: RatedQuestion, rule: Partial<AdviceRule> = {}) =>
  adviseThreshold({
    questions: [question],
    mean: null,
    levels: LEVELS,
    rule: { kind: 'best', marginElo: 0, question: 'mean', ...rule },
  });

test('best: the arm that is clear of all others', () => {
  const advice = advise(rated([0, 10, 80, -30], 8));
  expect(advice).toMatchObject({
    verdict: 'resolved',
    recommendation: 'removed-25',
    leading: 'removed-25',
    reference: 'none',
    moreVotes: 0,
    reason: { code: 'separated', arm: 'removed-25', against: 'removed-12.5' },
  });
  const [none, , third] = advice.perArm;
  expect(none).toMatchObject({ name: 'none', level: 0, difference: 0, isDistinguishable: true });
  expect(third?.difference).toBeCloseTo(80 / ELO_PER_THETA, 12);
  expect(third?.low).toBeCloseTo((80 - 1.959964 * 8 * Math.SQRT2) / ELO_PER_THETA, 6);
  expect(third?.pBest).toBeGreaterThan(0.99);
  expect(advice.perArm.reduce((sum, { pBest }) => sum + (pBest ?? 0), 0)).toBeCloseTo(1, 9);
  expect(Object.isFrozen(advice.perArm[0])).toBe(true);
});

test('not resolved: says what leads and about how many more votes, which then are enough', () => {
  const advice = advise(rated([0, 10, 40, -30], 12));
  expect(advice).toMatchObject({
    verdict: 'not-resolved',
    recommendation: null,
    leading: 'removed-25',
    reason: { code: 'open', against: 'removed-12.5' },
  });
  const more = advice.moreVotes as number;
  const later = (votes: number) => advise(rated([0, 10, 40, -30], 12 * Math.sqrt(1152 / votes)));
  expect(later(1152 + more * 1.05).verdict).toBe('resolved');
  expect(later(1152 + more * 0.8).verdict).toBe('not-resolved');
});

test('cheapest: keeps most clips among arms shown to be within the margin', () => {
  const elo = [-80, 25, 30, 28];
  expect(advise(rated(elo, 5), { kind: 'cheapest', marginElo: 30 })).toMatchObject({
    verdict: 'resolved',
    recommendation: 'removed-12.5',
    reason: { code: 'within-margin', against: 'removed-25' },
  });
  // Too wide a margin for that: nothing at all removed is as good.
  expect(advise(rated(elo, 5), { kind: 'cheapest', marginElo: 150 }).recommendation).toBe('none');
});

test('cheapest: an arm that is neither as good nor worse keeps it open', () => {
  const advice = advise(rated([-20, 25, 30, 28], 15), { kind: 'cheapest', marginElo: 30 });
  expect(advice).toMatchObject({
    verdict: 'not-resolved',
    leading: 'none',
    reason: { code: 'open', arm: 'none' },
  });
  expect(advice.moreVotes).toBeGreaterThan(0);
  // No difference seen is not shown to be none.
  const blurred = advise(rated([0, 0, 0, 0], 40), { kind: 'cheapest', marginElo: 20 });
  expect(blurred.verdict).toBe('not-resolved');
  expect(blurred.perArm.every(({ isWithinMargin }) => !isWithinMargin)).toBe(true);
});

test('equal arms without a margin: no number of votes can be said', () => {
  expect(advise(rated([0, 0, 0, 0], 8))).toMatchObject({
    verdict: 'not-resolved',
    moreVotes: null,
  });
});

test('the question of the rule decides; controls are not on the axis', () => {
  const quality = rated([0, 10, 80, -30, 300], 8);
  const following = rated([90, 10, 0, -30], 8);
  const both = { questions: [quality, following], mean: null, levels: LEVELS };
  const rule = { kind: 'best', marginElo: 0 } as const;
  const of = (question: AdviceRule['question']) =>
    adviseThreshold({ ...both, rule: { ...rule, question } });
  expect(of(0).recommendation).toBe('removed-25');
  expect(of(0).perArm).toHaveLength(4);
  expect(of(1).recommendation).toBe('none');
  expect(of('mean').reason.code).toBe('nothing-to-compare');
  expect(of(7).reason.code).toBe('nothing-to-compare');
});

test('rankings fit as they are', () => {
  const votes = simulatedVotes({ arms: 4, votes: 4000, span: 1.5, seed: 8 });
  const levels = new Map([0, 1, 2, 3].map((i) => [`arm-00${i}`, i]));
  const question = { strengths: rankVotes(votes), votes: votes.left.length };
  const mean = rankQuestions([votes, votes]);
  const advice = adviseThreshold({
    questions: [question, question],
    mean: { strengths: mean, votes: mean.votes },
    levels,
    rule: { kind: 'best', marginElo: 0, question: 'mean' },
  });
  expect(advice).toMatchObject({ verdict: 'resolved', recommendation: 'arm-003' });
});

test('degenerate votes get an answer without NaN', () => {
  const cases = [
    votesOfCounts([]),
    votesOfCounts([['none', 'removed-25', 5, 0, 0]]),
    votesOfCounts([['none', 'removed-25', 0, 0, 5]]),
    votesOfCounts([
      ['none', 'removed-25', 9, 8, 3],
      ['removed-12.5', 'removed-50', 9, 8, 3],
    ]),
  ];
  for (const votes of cases) {
    const strengths = rankVotes(votes);
    for (const kind of ['best', 'cheapest'] as const) {
      const advice = advise({ strengths, votes: strengths.votes }, { kind, marginElo: 20 });
      expect(advice.verdict).toBe('not-resolved');
      expect(JSON.parse(JSON.stringify(advice))).toEqual(advice);
    }
  }
  const elo = rankVotes(votesOfCounts([['none', 'removed-25', 9, 8, 3]]), { method: 'elo' });
  expect(advise({ strengths: elo, votes: 20 }).reason.code).toBe('nothing-to-compare');
});

test('what is recommended is never an arm that is shown to be more than the margin worse', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 4, maxLength: 4 }),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 0, max: 60 }),
      fc.constantFrom('best', 'cheapest'),
      (elo, se, marginElo, kind) => {
        const advice = advise(rated(elo, se), { kind, marginElo });
        if (advice.recommendation === null) return;
        const place = NAMES.indexOf(advice.recommendation);
        expect(elo[place]).toBeGreaterThanOrEqual(Math.max(...elo) - marginElo);
        expect(advice.perArm[place]?.isWithinMargin).toBe(true);
        // The cheapest passes only arms that are shown to be worse.
        if (kind === 'best') return;
        for (const arm of advice.perArm.slice(0, place)) expect(arm.isDistinguishable).toBe(true);
      },
    ),
    { numRuns: 25 },
  );
});
