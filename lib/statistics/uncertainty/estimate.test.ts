import { expect, test } from 'vitest';
import { simulatedVotes, votesOfCounts } from '#tests/factories/votes.ts';
import cems from '#tests/golden/cems/reference.json' with { type: 'json' };
import type { Intervals } from '../ranking/ranking.ts';
import { countPairs } from '../votes/pair-counts.ts';
import type { VoteColumns } from '../votes/vote-columns.ts';
import { estimateStrengths } from './estimate.ts';

const layer = (votes: VoteColumns) => ({ votes, counts: countPairs(votes) });
const estimate = (
  questions: readonly VoteColumns[],
  intervals: Intervals | undefined,
  method: 'bradley-terry' | 'davidson' = 'davidson',
) =>
  estimateStrengths(questions.map(layer), {
    method,
    ties: 'half',
    intervals,
    ridge: undefined,
  });

test('HC0 errors as the sandwich package gives them', () => {
  const votes = votesOfCounts(cems.counts);
  const check = (method: 'bradley-terry' | 'davidson', expected: number[]) => {
    const { vcov } = estimate([votes], 'hc0', method);
    cems.items.forEach((item, i) => {
      const at = votes.arms.indexOf(item);
      expect(Math.sqrt(vcov[at * 6 + at] as number)).toBeCloseTo(expected[i] as number, 7);
    });
  };
  check('bradley-terry', cems.bradleyTerryTiesHalf.se_HC0);
  check('davidson', cems.davidson.se_hc0);
});

/** The covariance by refitting without each cluster in turn: an estimate of its own. */
function clusterJackknife(votes: VoteColumns, kind: 'rater' | 'prompt'): Float64Array {
  const k = votes.arms.length;
  const names = votes[`${kind}s`];
  const whole = estimate([votes], 'model').theta;
  const sum = new Float64Array(k * k);
  names.forEach((_, cluster) => {
    const kept = [...votes.left.keys()].filter((v) => votes[kind]?.[v] !== cluster);
    const without = {
      ...votes,
      left: Int32Array.from(kept, (v) => votes.left[v] as number),
      right: Int32Array.from(kept, (v) => votes.right[v] as number),
      outcome: Uint8Array.from(kept, (v) => votes.outcome[v] as number),
      rater: null,
      prompt: null,
    };
    const moved = estimate([without], 'model').theta.map(
      (value, i) => value - (whole[i] as number),
    );
    for (let i = 0; i < k; i++) {
      for (let j = 0; j < k; j++) {
        sum[i * k + j] = (sum[i * k + j] as number) + (moved[i] as number) * (moved[j] as number);
      }
    }
  });
  return sum;
}

test.each(['rater', 'prompt'] as const)(
  'errors by %s agree with leaving one out at a time',
  (kind) => {
    const votes = simulatedVotes({
      arms: 4,
      votes: 6000,
      raters: 60,
      prompts: 60,
      seed: 4,
      effects: 0.7,
    });
    const { vcov } = estimate([votes], kind);
    const jackknife = clusterJackknife(votes, kind);
    for (let i = 0; i < 4; i++) {
      const ratio = (vcov[i * 5] as number) / (jackknife[i * 5] as number);
      expect(Math.abs(ratio - 1)).toBeLessThan(0.08);
    }
  },
);

/** The two-way sandwich from its definition: one vote at a time, clusters in maps. */
function twoWayByHand(votes: VoteColumns): number[][] {
  const k = votes.arms.length;
  const counts = countPairs(votes);
  // Without ties Davidson is Bradley-Terry, whose score and Hessian are short to write down.
  const { theta } = estimate([votes], 'model', 'bradley-terry');
  const p = (l: number, r: number) =>
    1 / (1 + Math.exp((theta[r] as number) - (theta[l] as number)));
  const hessian = Array.from({ length: k }, () => Array.from({ length: k }, () => 1 / k));
  const bump = (m: number[][], i: number, j: number, by: number) => {
    const row = m[i] as number[];
    row[j] = (row[j] as number) + by;
  };
  counts.first.forEach((i, c) => {
    const j = counts.second[c] as number;
    const games = (counts.firstWins[c] as number) + (counts.secondWins[c] as number);
    const weight = games * p(i, j) * p(j, i);
    bump(hessian, i, i, weight);
    bump(hessian, j, j, weight);
    bump(hessian, i, j, -weight);
    bump(hessian, j, i, -weight);
  });
  const bread = gaussJordan(hessian);
  const meat = Array.from({ length: k }, () => Array.from({ length: k }, () => 0));
  const addClusters = (key: (v: number) => string, sign: number) => {
    const sums = new Map<string, number[]>();
    votes.left.forEach((l, v) => {
      const r = votes.right[v] as number;
      const score = (votes.outcome[v] === 0 ? 1 : 0) - p(l, r);
      const sum = sums.get(key(v)) ?? Array.from({ length: k }, () => 0);
      sum[l] = (sum[l] as number) + score;
      sum[r] = (sum[r] as number) - score;
      sums.set(key(v), sum);
    });
    const factor = (sign * sums.size) / (sums.size - 1);
    for (const sum of sums.values()) {
      for (let i = 0; i < k; i++) {
        for (let j = 0; j < k; j++) {
          bump(meat, i, j, factor * (sum[i] as number) * (sum[j] as number));
        }
      }
    }
  };
  addClusters((v) => String(votes.rater?.[v]), 1);
  addClusters((v) => String(votes.prompt?.[v]), 1);
  addClusters((v) => `${votes.rater?.[v]} ${votes.prompt?.[v]}`, -1);
  const times = (a: number[][], b: number[][]) =>
    a.map((row) => row.map((_, j) => row.reduce((s, x, m) => s + x * (b[m]?.[j] as number), 0)));
  return times(times(bread, meat), bread);
}

function gaussJordan(matrix: number[][]): number[][] {
  const n = matrix.length;
  const m = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let c = 0; c < n; c++) {
    const pivot = m[c]?.[c] as number;
    m[c] = (m[c] as number[]).map((x) => x / pivot);
    for (let r = 0; r < n; r++) {
      const factor = m[r]?.[c] as number;
      if (r !== c) m[r] = (m[r] as number[]).map((x, j) => x - factor * (m[c]?.[j] as number));
    }
  }
  return m.map((row) => row.slice(n));
}

test('two-way errors are those of the definition', () => {
  const votes = simulatedVotes({ arms: 4, votes: 1500, seed: 8, nu: 0, effects: 0.8 });
  const { vcov, df, intervals } = estimate([votes], undefined, 'bradley-terry');
  expect(intervals).toBe('two-way');
  expect(df).toBe(19);
  twoWayByHand(votes).forEach((row, i) => {
    row.forEach((value, j) => {
      expect(vcov[i * 4 + j]).toBeCloseTo(value, 10);
    });
  });
});

test('a question asked twice has the error of one; two sets of raters have less', () => {
  const plan = { arms: 4, votes: 3000, effects: 0.5 };
  const votes = simulatedVotes({ ...plan, seed: 1 });
  const one = estimate([votes], 'two-way');
  const twice = estimate([votes, votes], 'two-way');
  one.vcov.forEach((value, i) => {
    expect(twice.vcov[i]).toBeCloseTo(value, 12);
  });
  const others = simulatedVotes({ ...plan, seed: 2 });
  const renamed = {
    ...others,
    raters: others.raters.map((name) => `other ${name}`),
    prompts: others.prompts.map((name) => `other ${name}`),
  };
  const both = estimate([votes, renamed], 'two-way');
  expect((both.vcov[0] as number) / (one.vcov[0] as number)).toBeLessThan(0.75);
});

test('a vote that names no rater is a cluster of its own', () => {
  const votes = simulatedVotes({ arms: 3, votes: 400, seed: 3, raters: 400 });
  const alone = { ...votes, rater: new Int32Array(400).fill(-1) };
  const numbered = { ...votes, rater: Int32Array.from({ length: 400 }, (_, v) => v) };
  const names = Array.from({ length: 400 }, (_, v) => `r${String(v).padStart(3, '0')}`);
  expect(estimate([{ ...alone, raters: [] }], 'rater').vcov).toEqual(
    estimate([{ ...numbered, raters: names }], 'rater').vcov,
  );
});

test('too few clusters are told', () => {
  const votes = simulatedVotes({ arms: 3, votes: 300, seed: 3, raters: 5, prompts: 1 });
  const codes = (intervals: Intervals) =>
    estimate([votes], intervals).warnings.map(({ code }) => code);
  expect(codes('rater')).toEqual(['few-raters']);
  expect(codes('prompt')).toEqual(['one-prompt']);
  expect(() => estimate([{ ...votes, rater: null }], 'rater')).toThrow(/name their rater/);
});
