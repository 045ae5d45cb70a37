import fc from 'fast-check';
import { expect, test } from 'vitest';
import { simulatePlan } from '#tests/bench/coverage/simulate-plan.ts';
import type { PlanRequest } from './plan-request.ts';
import { planStudy } from './plan-study.ts';

const PAPER: PlanRequest = { arms: 4, gapElo: 50, power: 0.8, prompts: 64 };

test('two arms: the sample size of a sign test', () => {
  // A share of 0.6 against 0.5, two-sided 5 %, power 0.8: 194 (Fleiss, Levin and Paik 2003, ch. 4
  // formula without continuity correction); by the error at the alternative, 199.
  const plan = planStudy({ ...PAPER, arms: 2, prompts: 1, gapElo: 400 * Math.log10(0.6 / 0.4) });
  expect(plan.votes).toBeGreaterThan(190);
  expect(plan.votes).toBeLessThan(204);
});

test('four arms: 8 / (K n) is the variance of a difference', () => {
  const plan = planStudy({ ...PAPER, gapElo: 20 });
  const theta = (20 * Math.LN10) / 400;
  const byHand = (6 * 8 * (1.959964 + 0.841621) ** 2) / (4 * theta * theta);
  // Student's t on 63 degrees of freedom asks for 3 % more.
  expect((plan.leastVotes as number) / byHand).toBeGreaterThan(1.01);
  expect((plan.leastVotes as number) / byHand).toBeLessThan(1.05);
  expect(plan).toMatchObject({ votesPerCell: 20, votesPerPair: 1280, votes: 7680, raters: 256 });
  expect(plan.achievedPower).toBeGreaterThan(0.8);
});

test("the paper's design: 3 votes for each of 384 cells find 50 Elo in 78 % of studies", () => {
  const plan = planStudy({ ...PAPER, votesPerCell: 3 });
  expect(plan).toMatchObject({ cells: 384, votes: 1152, raters: 39, leastVotes: null });
  expect(plan.achievedPower).toBeCloseTo(0.779, 3);
});

test.each<[string, PlanRequest]>([
  ['no effects', PAPER],
  ['ties', { ...PAPER, tieRate: 0.25 }],
  ['raters and prompts differ', { ...PAPER, gapElo: 60, raterSdElo: 60, promptSdElo: 60 }],
])('simulated studies agree with the formula: %s', (_, request) => {
  const plan = planStudy(request);
  const check = simulatePlan(plan, 150, 7);
  expect(Math.abs(check.power - (plan.achievedPower as number))).toBeLessThan(0.1);
  expect(check.sdElo / (plan.seElo as number)).toBeGreaterThan(0.82);
  expect(check.sdElo / (plan.seElo as number)).toBeLessThan(1.15);
  expect(Math.abs(check.meanElo - request.gapElo)).toBeLessThan(5);
});

test('too few prompts: no number of votes is enough, and how many prompts it takes', () => {
  const wish = { ...PAPER, gapElo: 20, promptSdElo: 50 };
  const plan = planStudy(wish);
  expect(plan).toMatchObject({ isReachable: false, votes: null, achievedPower: null });
  const prompts = (plan.promptsAbove as number) + 1;
  expect(planStudy({ ...wish, prompts: prompts + 1 }).isReachable).toBe(true);
  expect(planStudy({ ...wish, prompts: prompts - 1 }).isReachable).toBe(false);
});

test('all pairs at once need more votes than one pair', () => {
  const one = planStudy(PAPER).leastVotes as number;
  const joint = planStudy({ ...PAPER, isJoint: true }).leastVotes as number;
  // (2.569 + 0.842)^2 / (1.960 + 0.842)^2 (the studentised range of 4 over the root of 2).
  expect(joint / one).toBeGreaterThan(1.42);
  expect(joint / one).toBeLessThan(1.56);
});

test('a harder question never needs fewer votes', () => {
  const request = fc.record({
    arms: fc.integer({ min: 2, max: 8 }),
    gapElo: fc.integer({ min: 10, max: 200 }),
    power: fc.double({ min: 0.3, max: 0.95, noNaN: true }),
    prompts: fc.integer({ min: 8, max: 200 }),
    tieRate: fc.double({ min: 0, max: 0.6, noNaN: true }),
    raterSdElo: fc.integer({ min: 0, max: 60 }),
  });
  fc.assert(
    fc.property(request, (wish) => {
      const votes = (more: Partial<PlanRequest>) =>
        planStudy({ ...wish, ...more }).leastVotes ?? Infinity;
      const plain = votes({});
      expect(plain).toBeGreaterThan(0);
      expect(votes({ gapElo: wish.gapElo * 1.2 })).toBeLessThanOrEqual(plain);
      expect(votes({ power: Math.min(0.97, wish.power + 0.02) })).toBeGreaterThanOrEqual(plain);
      expect(votes({ tieRate: wish.tieRate + 0.1 })).toBeGreaterThanOrEqual(plain);
      expect(votes({ level: 0.99, power: Math.max(0.3, wish.power) })).toBeGreaterThanOrEqual(
        plain,
      );
      const plan = planStudy(wish);
      if (!plan.isReachable) return;
      expect(plan.achievedPower).toBeGreaterThanOrEqual(wish.power);
      expect(plan.leastVotes).toBeLessThanOrEqual(plan.votes as number);
    }),
    { numRuns: 40 },
  );
});

test.each<[Partial<PlanRequest>, RegExp]>([
  [{ arms: 1 }, /number of arms must be a whole number from 2/],
  [{ gapElo: 0 }, /gap must be between 0.1 and 2,000 Elo points; got 0/],
  [{ power: 1 }, /power must be above 1 - level/],
  [{ power: 0.04 }, /power must be above 1 - level/],
  [{ prompts: 2.5 }, /number of prompts/],
  [{ level: 95 }, /level must be at least 0.5 and below 1; got 95/],
  [{ tieRate: 1 }, /share of ties/],
  [{ raterSdElo: -1 }, /spread over raters/],
  [{ promptSdElo: Number.NaN }, /spread over prompts/],
  [{ pairsPerRater: 0 }, /pairs a rater/],
  [{ votesPerCell: 0 }, /votes a comparison/],
])('refuses %j by name', (wrong, message) => {
  expect(() => planStudy({ ...PAPER, ...wrong })).toThrow(message);
});
