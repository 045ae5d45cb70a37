import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '#lib/core/random.ts';
import reference from '#tests/golden/confseq_boundaries/reference.json' with { type: 'json' };
import {
  anytimeShare,
  betaBinomialBound,
  betaBinomialMixture,
  logMartingale,
} from './beta-binomial.ts';
import { mixturePrecision, normalMixtureBound } from './normal-mixture.ts';

test('the normal-mixture boundary of the reference library', () => {
  for (const row of reference.normal_mixture_bound_two_sided) {
    const precision = mixturePrecision(row.v_opt, row.alpha_opt);
    expect(normalMixtureBound(row.v, row.alpha, precision) / row.bound).toBeCloseTo(1, 10);
  }
});

test('the beta-binomial mixture boundary of the reference library', () => {
  for (const row of reference.beta_binomial_mixture_bound_p05) {
    const mixture = betaBinomialMixture(row.v_opt, row.alpha, row.g, row.h, true);
    const bound = betaBinomialBound(mixture, row.v, row.alpha);
    expect(Math.abs(bound - row.one_sided_bound_on_S_minus_tp)).toBeLessThan(1e-8);
  }
});

test('the intervals of a share of the reference library', () => {
  for (const row of reference.bernoulli_confidence_interval) {
    const settings = { level: 1 - row.alpha, votesBest: row.t_opt };
    const { low, high } = anytimeShare(row.successes, row.t, settings);
    expect(Math.abs(low - row.lower)).toBeLessThan(1e-6);
    expect(Math.abs(high - row.upper)).toBeLessThan(1e-6);
  }
});

test('an independent sum over all outcomes: the martingale has mean 1', () => {
  // Two-sided, p = 0.3: the mean of exp(log martingale) over binomial outcomes of n votes.
  const p = 0.3;
  for (const n of [1, 7, 40]) {
    const mixture = betaBinomialMixture(25 * p * (1 - p), 0.05, p, 1 - p, false);
    let mean = 0;
    let chance = (1 - p) ** n;
    for (let wins = 0; wins <= n; wins++) {
      mean += chance * Math.exp(logMartingale(mixture, wins - n * p, n * p * (1 - p)));
      chance *= ((n - wins) / (wins + 1)) * (p / (1 - p));
    }
    expect(mean).toBeCloseTo(1, 9);
  }
});

test('the interval holds the share, swaps with the sides, and is whole where there is no vote', () => {
  const settings = { level: 0.95, votesBest: 200 };
  expect(anytimeShare(0, 0, settings)).toEqual({ low: 0, high: 1 });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 3000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (votes, at) => {
        const wins = Math.round(2 * votes * at) / 2;
        const { low, high } = anytimeShare(wins, votes, settings);
        const swapped = anytimeShare(votes - wins, votes, settings);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(wins / votes);
        expect(high).toBeGreaterThanOrEqual(wins / votes);
        expect(high).toBeLessThanOrEqual(1);
        expect(swapped.low).toBeCloseTo(1 - high, 9);
        expect(swapped.high).toBeCloseTo(1 - low, 9);
      },
    ),
    { numRuns: 60 },
  );
});

test('looking after every vote leaves the true share outside in 5 % of studies at most', () => {
  const random = seededRandom(3);
  const studies = 400;
  let alarms = 0;
  for (let s = 0; s < studies; s++) {
    let wins = 0;
    for (let votes = 1; votes <= 400; votes++) {
      if (random.next() < 0.5) wins++;
      // The martingale at the true share, which is what the interval is made of.
      const mixture = betaBinomialMixture(50, 0.05, 0.5, 0.5, false);
      if (logMartingale(mixture, wins - votes / 2, votes / 4) >= Math.log(20)) {
        alarms++;
        break;
      }
    }
  }
  expect(alarms / studies).toBeLessThan(0.05);
});
