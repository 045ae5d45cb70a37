import { expect, test } from 'vitest';
import { simulatedVotes } from '#tests/factories/votes.ts';
import { estimateStrengths } from '../uncertainty/estimate.ts';
import { countPairs } from '../votes/pair-counts.ts';
import { collectVotes, type VoteColumns } from '../votes/vote-columns.ts';
import { leaveOneOut } from './leave-one-out.ts';

const SETTINGS = { method: 'davidson', ties: 'half', ridge: undefined } as const;

function keepVotes(votes: VoteColumns, isKept: (vote: number) => boolean): VoteColumns {
  const collector = collectVotes(votes.arms);
  for (let v = 0; v < votes.left.length; v++) {
    if (!isKept(v)) continue;
    collector.add({
      left: votes.arms[votes.left[v] as number] as string,
      right: votes.arms[votes.right[v] as number] as string,
      outcome: (['left', 'right', 'tie'] as const)[votes.outcome[v] as number] ?? 'tie',
      rater: votes.raters[votes.rater?.[v] as number] as string,
      prompt: votes.prompts[votes.prompt?.[v] as number] as string,
      weight: votes.weight?.[v] ?? 1,
    });
  }
  return collector.columns();
}

const plan = { arms: 5, votes: 900, raters: 12, prompts: 9, effects: 0.4 };
const weight = Float64Array.from({ length: plan.votes }, (_, v) => 1 + (v % 3));
const questions = [
  simulatedVotes({ ...plan, seed: 1 }),
  { ...simulatedVotes({ ...plan, seed: 2 }), weight },
];

function strengthsOf(all: readonly VoteColumns[]): Float64Array {
  const layers = all.map((votes) => ({ votes, counts: countPairs(votes) }));
  return estimateStrengths(layers, { ...SETTINGS, intervals: 'model' }).theta;
}

for (const kind of ['rater', 'prompt'] as const) {
  test(`without a ${kind} strengths are those of the remaining votes`, () => {
    const before = strengthsOf(questions);
    const left = leaveOneOut(questions, SETTINGS, kind);
    expect(left).toHaveLength(kind === 'rater' ? 12 : 9);
    for (const own of left) {
      const rest = questions.map((votes) => {
        const names = kind === 'rater' ? votes.raters : votes.prompts;
        const column = kind === 'rater' ? votes.rater : votes.prompt;
        return keepVotes(votes, (v) => names[column?.[v] as number] !== own.name);
      });
      const after = strengthsOf(rest);
      own.change.forEach(({ name, theta }, i) => {
        expect(name).toBe(rest[0]?.arms[i]);
        expect(theta).toBeCloseTo((after[i] as number) - (before[i] as number), 8);
      });
      const count = (all: readonly VoteColumns[]) =>
        all.reduce((n, { left: l }) => n + l.length, 0);
      expect(own.votes).toBe(count(questions) - count(rest));
      const best = (theta: Float64Array) => theta.indexOf(Math.max(...theta));
      expect(own.topChanges).toBe(best(before) !== best(after));
    }
  });
}

test('one Newton step comes near where exact fits are too many', () => {
  const [votes] = questions as [VoteColumns, VoteColumns];
  const near = leaveOneOut([votes], SETTINGS, 'rater', 0);
  const exact = new Map(
    leaveOneOut([votes], SETTINGS, 'rater').map((own) => [own.name, own.change]),
  );
  for (const own of near) {
    own.change.forEach(({ theta }, i) => {
      expect(Math.abs(theta - (exact.get(own.name)?.[i]?.theta as number))).toBeLessThan(0.03);
    });
  }
});

test('degenerate votes', () => {
  expect(leaveOneOut([collectVotes().columns()], SETTINGS, 'rater')).toEqual([]);
  const collector = collectVotes();
  collector.add({ left: 'a', right: 'b', outcome: 'left', rater: 'r', prompt: null });
  const [own] = leaveOneOut([collector.columns()], SETTINGS, 'rater');
  expect(own?.votes).toBe(1);
  expect(own?.change.every(({ theta }) => Number.isFinite(theta))).toBe(true);
});
