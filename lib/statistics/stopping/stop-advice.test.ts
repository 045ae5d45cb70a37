import { expect, test } from 'vitest';
import { rankVotes } from '#lib/statistics/ranking/rank.ts';
import { falseAlarmsOfShares, peekAtStudies } from '#tests/bench/coverage/false-alarms.ts';
import { simulatedVotes, votesOfCounts } from '#tests/factories/votes.ts';
import { anytimeCritical } from './anytime-critical.ts';
import { type StopStrengths, stopAdvice } from './stop-advice.ts';

/** Arms with independent errors of one size. */
function strengths(theta: readonly number[], se: number, df: number | null = null): StopStrengths {
  return {
    arms: theta.map((value, i) => ({ name: `arm-${i}`, theta: value })),
    vcov: theta.map((_, i) => theta.map((_other, j) => (i === j ? se * se : 0))),
    degreesOfFreedom: df,
  };
}

/** Votes that name enough raters and prompts. */
const NAMED = { raters: 50, prompts: 64 };

test('a boundary of about three errors where one look needs two; wider with few clusters', () => {
  const at = (time: number, df?: number) =>
    anytimeCritical(time, 100, { level: 0.95, ...(df === undefined ? {} : { df }) });
  expect(at(100)).toBeCloseTo(3.0352, 4);
  for (const time of [1, 20, 50, 200, 1000]) expect(at(time)).toBeGreaterThan(3);
  expect(at(100, 14)).toBeCloseTo(3.69443, 4);
  expect(at(100, 1e8)).toBeCloseTo(at(100), 6);
});

test('resolved where the leader is clear of all others', () => {
  const advice = stopAdvice({
    strengths: strengths([0, 2, 0.1], 0.1),
    votes: 600,
    plannedVotes: 1200,
    ...NAMED,
  });
  expect(advice).toMatchObject({
    verdict: 'resolved',
    reason: 'separated',
    leader: 'arm-1',
    moreVotes: 0,
  });
  expect(advice.rivals.map(({ name, state }) => [name, state])).toEqual([
    ['arm-0', 'separated'],
    ['arm-2', 'separated'],
  ]);
  expect(Object.isFrozen(advice) && Object.isFrozen(advice.rivals[0])).toBe(true);
});

test('a margin resolves what is close enough; without it the same is open', () => {
  const input = { strengths: strengths([0, 0.02], 0.02), votes: 900, plannedVotes: 1000, ...NAMED };
  expect(stopAdvice({ ...input, marginElo: 20 })).toMatchObject({
    verdict: 'resolved',
    reason: 'within-margin',
  });
  expect(stopAdvice(input)).toMatchObject({ verdict: 'will-not-resolve', reason: 'open' });
});

test('not yet: tells about how many more, and that many are enough', () => {
  const input = { strengths: strengths([0, 0.4], 0.1), votes: 400, plannedVotes: 2000, ...NAMED };
  const advice = stopAdvice(input);
  expect(advice).toMatchObject({ verdict: 'not-yet', reason: 'open' });
  const more = advice.moreVotes as number;
  expect(more).toBeGreaterThan(50);
  const later = (votes: number) =>
    stopAdvice({ ...input, strengths: strengths([0, 0.4], 0.1 * Math.sqrt(400 / votes)), votes });
  expect(later(400 + more).verdict).toBe('resolved');
  expect(later(400 + more * 0.8).verdict).toBe('not-yet');
});

test('at the end of the budget an open question is not called open for long', () => {
  const input = { strengths: strengths([0, 0.1], 0.1), plannedVotes: 1000, ...NAMED };
  expect(stopAdvice({ ...input, votes: 100 }).verdict).toBe('not-yet');
  expect(stopAdvice({ ...input, votes: 950 }).verdict).toBe('will-not-resolve');
  expect(stopAdvice({ ...input, votes: 1000 }).verdict).toBe('will-not-resolve');
});

test('few raters, provisional arms, one arm and missing errors are not resolved', () => {
  const plan = { votes: 100, plannedVotes: 200, ...NAMED };
  const early = strengths([0, 9], 0.1, 30);
  expect(stopAdvice({ ...plan, strengths: early }).verdict).toBe('resolved');
  // Whatever errors were used: one rater says nothing about others.
  for (const few of [{ raters: 1 }, { raters: 9 }, { prompts: 9 }]) {
    const advice = stopAdvice({ ...plan, ...few, strengths: strengths([0, 9], 0.1) });
    expect(advice).toMatchObject({ verdict: 'not-yet', reason: 'few-clusters', leader: 'arm-1' });
  }
  expect(stopAdvice({ ...plan, raters: null, prompts: null, strengths: early }).verdict).toBe(
    'resolved',
  );
  const provisional = early.arms.map((arm) => ({ ...arm, provisional: true }));
  expect(stopAdvice({ ...plan, strengths: { ...early, arms: provisional } }).reason).toBe(
    'provisional',
  );
  expect(stopAdvice({ ...plan, strengths: strengths([1], 0.1) })).toMatchObject({
    verdict: 'not-yet',
    reason: 'nothing-to-compare',
    moreVotes: null,
  });
  expect(stopAdvice({ ...plan, strengths: { ...early, vcov: null } }).leader).toBe('arm-1');
  expect(stopAdvice({ ...plan, strengths: strengths([0, 9], 0) }).verdict).not.toBe('resolved');
});

test('controls are left out of the question', () => {
  const advice = stopAdvice({
    strengths: strengths([0, 2, 3], 0.1),
    votes: 600,
    plannedVotes: 1200,
    ...NAMED,
    among: ['arm-0', 'arm-1'],
  });
  expect(advice).toMatchObject({ verdict: 'resolved', leader: 'arm-1' });
  expect(advice.rivals).toHaveLength(1);
});

test('a ranking fits as it is, and no answer holds NaN', () => {
  const many = rankVotes(simulatedVotes({ arms: 4, votes: 3000, span: 2, seed: 4 }));
  const advice = stopAdvice({ strengths: many, votes: many.votes, plannedVotes: 4000, ...NAMED });
  expect(advice).toMatchObject({ verdict: 'resolved', leader: 'arm-003' });
  for (const votes of [votesOfCounts([]), votesOfCounts([['a', 'b', 5, 0, 0]])]) {
    const ranking = rankVotes(votes);
    const answer = stopAdvice({
      strengths: ranking,
      votes: ranking.votes,
      plannedVotes: 50,
      ...NAMED,
    });
    expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
    expect(answer.verdict).toBe('not-yet');
  }
});

const PEEKED = {
  arms: 3,
  raters: 20,
  votesPerRater: 20,
  prompts: 24,
  effects: 0.4,
  looksEvery: 20,
} as const;

test('looking again and again at equal arms is called resolved in 5 % of studies at most', () => {
  const two = peekAtStudies({ ...PEEKED, arms: 2, order: 'one-by-one' }, 60, 3);
  const three = peekAtStudies({ ...PEEKED, order: 'together' }, 30, 3);
  expect(two.wrong).toBeLessThanOrEqual(0.05);
  expect(three.wrong).toBeLessThanOrEqual(0.05);
  // The same looks at 1.96 standard errors.
  expect(two.fixed).toBeGreaterThan(0.2);
  const shares = falseAlarmsOfShares({ studies: 400, votes: 200, seed: 1 });
  expect(shares.anytime).toBeLessThanOrEqual(0.05);
  expect(shares.fixed).toBeGreaterThan(0.25);
});

test('a clear lead is found, with the right arm, before all votes are in', () => {
  const found = peekAtStudies({ ...PEEKED, order: 'one-by-one', lead: 1.2 }, 20, 4);
  expect(found).toMatchObject({ wrong: 0, givenUpTooSoon: 0 });
  expect(found.resolved).toBeGreaterThan(0.7);
  expect(found.votesUsed).toBeLessThan(0.9);
});
