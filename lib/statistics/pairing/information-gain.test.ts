import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countPairs, pairCountsOf } from '#lib/statistics/votes/pair-counts.ts';
import { simulatePairChoice, votesUntil } from '#tests/bench/coverage/pair-choice.ts';
import { simulatedVotes, votesOfCounts } from '#tests/factories/votes.ts';
import reference from '#tests/golden/asap_eig/reference.json' with { type: 'json' };
import {
  pairGains,
  pairProbabilities,
  strengthPosterior,
  voteInformation,
} from './information-gain.ts';

const at = (values: ArrayLike<number>, i: number) => values[i] as number;

function spearman(a: readonly number[], b: readonly number[]): number {
  const ranks = (values: readonly number[]) => {
    const order = values.map((_, i) => i).sort((i, j) => at(values, i) - at(values, j));
    const rank = new Array<number>(values.length);
    order.forEach((i, place) => {
      rank[i] = place;
    });
    return rank;
  };
  const [x, y] = [ranks(a), ranks(b)];
  const n = a.length;
  const squares = x.reduce((sum, rank, i) => sum + (rank - at(y, i)) ** 2, 0);
  return 1 - (6 * squares) / (n * (n * n - 1));
}

test('agrees with ASAP on the best pair (in its top two) and nearly on the order of pairs', () => {
  // ASAP's posterior is another (probit, factorised by expectation propagation); on the order of
  // pairs the two agree to a rank correlation of 0.93 to 0.98, not to the 0.98 of one method.
  for (const { wins, mean, gainBelowDiagonal, best } of reference.cases) {
    const k = wins.length;
    const posterior = strengthPosterior(pairCountsOf(k, wins.flat(), new Array(k * k).fill(0)));
    const gains = pairGains([posterior]);
    const theirs = Array.from(gains.first, (i, p) =>
      at(gainBelowDiagonal[at(gains.second, p) - 1] ?? [], i),
    );
    expect(spearman([...gains.gain], theirs)).toBeGreaterThan(0.92);
    const top = Array.from(gains.gain, (_, p) => p)
      .sort((p, q) => at(gains.gain, q) - at(gains.gain, p))
      .slice(0, 2)
      .map((p) => [at(gains.first, p), at(gains.second, p)]);
    expect(top).toContainEqual(best);
    expect(spearman([...posterior.theta], mean)).toBeGreaterThan(0.9);
  }
});

test('an independent way: what the information of the pairs is after each vote, refitted', () => {
  // The mean over both outcomes of half the log determinant of the posterior's precision, by
  // refitting. The normal approximation keeps the fit where it is, so they agree as votes grow.
  const votes = countPairs(simulatedVotes({ arms: 5, votes: 400, nu: 0, span: 3, seed: 5 }));
  const k = votes.size;
  const wins = new Float64Array(k * k);
  for (let p = 0; p < votes.first.length; p++) {
    wins[at(votes.first, p) * k + at(votes.second, p)] = at(votes.firstWins, p);
    wins[at(votes.second, p) * k + at(votes.first, p)] = at(votes.secondWins, p);
  }
  const none = new Float64Array(k * k);
  const posterior = strengthPosterior(votes);
  const { first, second, gain } = pairGains([posterior]);
  const entropy = (counts: Float64Array) =>
    logDeterminant(strengthPosterior(pairCountsOf(k, counts, none)).vcov, k) / 2;
  const refitted = Array.from(first, (i, p) => {
    const j = at(second, p);
    const chance = 1 / (1 + Math.exp(at(posterior.theta, j) - at(posterior.theta, i)));
    const after = (winner: number, loser: number) =>
      entropy(wins.map((value, x) => (x === winner * k + loser ? value + 1 : value)));
    return entropy(wins) - chance * after(i, j) - (1 - chance) * after(j, i);
  });
  expect(spearman([...gain], refitted)).toBeGreaterThan(0.98);
  refitted.forEach((value, p) => {
    expect(at(gain, p) / value).toBeGreaterThan(0.9);
    expect(at(gain, p) / value).toBeLessThan(1.1);
  });
});

/** By Gaussian elimination: fine for a positive definite matrix. */
function logDeterminant(matrix: Float64Array, n: number): number {
  const a = Float64Array.from(matrix);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    sum += Math.log(at(a, i * n + i));
    for (let r = i + 1; r < n; r++) {
      const factor = at(a, r * n + i) / at(a, i * n + i);
      for (let c = i; c < n; c++) a[r * n + c] = at(a, r * n + c) - factor * at(a, i * n + c);
    }
  }
  return sum;
}

test('the information of a vote: p (1 - p) without ties, and the second derivative with them', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -6, max: 6, noNaN: true }),
      fc.double({ min: 0, max: 5, noNaN: true }),
      (u, nu) => {
        const p = 1 / (1 + Math.exp(-u));
        expect(voteInformation(u, 0)).toBeCloseTo(p * (1 - p), 12);
        // -d2/du2 of any outcome's log-likelihood under Davidson is that of its normaliser.
        const log = (x: number) => Math.log(Math.exp(x / 2) + Math.exp(-x / 2) + nu);
        const second = (log(u + 1e-3) - 2 * log(u) + log(u - 1e-3)) / 1e-6;
        expect(voteInformation(u, nu)).toBeCloseTo(second, 5);
      },
    ),
  );
  expect(voteInformation(800, 1)).toBe(0);
});

test('without votes all pairs are alike; arms that never met come first', () => {
  const none = pairGains([
    strengthPosterior(countPairs({ ...votesOfCounts([]), arms: ['a', 'b', 'c'] })),
  ]);
  expect(new Set(none.gain).size).toBe(1);
  const apart = pairGains([
    strengthPosterior(
      countPairs(
        votesOfCounts([
          ['a', 'b', 9, 8, 3],
          ['c', 'd', 7, 9, 2],
        ]),
      ),
    ),
  ]);
  const within = apart.gain.filter((_, p) =>
    ['0-1', '2-3'].includes(`${apart.first[p]}-${apart.second[p]}`),
  );
  const across = apart.gain.filter(
    (_, p) => !['0-1', '2-3'].includes(`${apart.first[p]}-${apart.second[p]}`),
  );
  expect(Math.min(...across)).toBeGreaterThan(2 * Math.max(...within));
});

test('two questions add up; other arms are refused', () => {
  const one = strengthPosterior(countPairs(simulatedVotes({ arms: 4, votes: 60, seed: 1 })));
  const both = pairGains([one, one]).gain;
  pairGains([one]).gain.forEach((value, p) => {
    expect(at(both, p)).toBeCloseTo(2 * value, 12);
  });
  const other = strengthPosterior(countPairs(simulatedVotes({ arms: 3, votes: 60, seed: 1 })));
  expect(() => pairGains([one, other])).toThrow(/same arms/);
});

test('probabilities sum to 1, keep their order and never fall below the floor', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 1, maxLength: 60 }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (values, explorationFloor) => {
        const gain = Float64Array.from(values);
        const chance = pairProbabilities({ gain }, { explorationFloor });
        expect(chance.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9);
        for (let p = 0; p < gain.length; p++) {
          expect(at(chance, p)).toBeGreaterThanOrEqual(explorationFloor / gain.length - 1e-12);
          if (p > 0 && at(gain, p) > at(gain, p - 1)) {
            expect(at(chance, p)).toBeGreaterThanOrEqual(at(chance, p - 1));
          }
        }
      },
    ),
  );
  expect([...pairProbabilities({ gain: new Float64Array(4) }, { explorationFloor: 0.1 })]).toEqual([
    0.25, 0.25, 0.25, 0.25,
  ]);
  expect(() => pairProbabilities({ gain: new Float64Array(4) }, { explorationFloor: 0 })).toThrow(
    /above 0/,
  );
});

test('ten widely spread models: the order of 900 even votes is known with fewer', () => {
  const truth = Array.from({ length: 10 }, (_, i) => i);
  const study = { truth, votes: 900, batch: 60, explorationFloor: 0.2 };
  const even = simulatePairChoice(study, 'even', 25, 1);
  const chosen = simulatePairChoice(study, 'informative', 25, 2);
  expect(votesUntil(chosen, 'error', even.error.at(-1) as number)).toBeLessThan(900);
  expect(chosen.disorder[6]).toBeLessThan(even.disorder[6] as number);
});
