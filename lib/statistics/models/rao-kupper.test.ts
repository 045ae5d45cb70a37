import fc from 'fast-check';
import { expect, test } from 'vitest';
import { votesOfCounts } from '#tests/factories/votes.ts';
import cems from '#tests/golden/cems/reference.json' with { type: 'json' };
import { countPairs } from '../votes/pair-counts.ts';
import { fitPairs } from './fit.ts';
import { newPairTerms } from './pair-model.ts';
import { raoKupper } from './rao-kupper.ts';

const at = fc.double({ min: -3, max: 3, noNaN: true });
const threshold = fc.double({ min: 0.05, max: 3, noNaN: true });

test('derivatives are those of the probabilities of Rao and Kupper', () => {
  const pair = { firstWins: 3, secondWins: 2, ties: 4 };
  const logLikelihood = (u: number, t: number) => {
    const [a, b, eta] = [Math.exp(u), 1, Math.exp(t)];
    const tie = ((eta ** 2 - 1) * a * b) / ((a + eta * b) * (b + eta * a));
    expect(a / (a + eta * b) + b / (b + eta * a) + tie).toBeCloseTo(1, 12);
    return 3 * Math.log(a / (a + eta * b)) + 2 * Math.log(b / (b + eta * a)) + 4 * Math.log(tie);
  };
  fc.assert(
    fc.property(at, threshold, (u, t) => {
      const terms = newPairTerms();
      raoKupper.evaluate(u, t, pair, terms);
      const f = logLikelihood;
      expect(terms.logLikelihood).toBeCloseTo(f(u, t), 9);
      const h = 1e-5;
      expect(3 * terms.firstU + 2 * terms.secondU + 4 * terms.tieU).toBeCloseTo(
        (f(u + h, t) - f(u - h, t)) / (2 * h),
        4,
      );
      expect(3 * terms.firstT + 2 * terms.secondT + 4 * terms.tieT).toBeCloseTo(
        (f(u, t + h) - f(u, t - h)) / (2 * h),
        4,
      );
      const g = 1e-3;
      const close = (found: number, wanted: number) =>
        expect(Math.abs(found - wanted)).toBeLessThan(2e-3 * (1 + Math.abs(wanted)));
      close(terms.uu, -(f(u + g, t) - 2 * f(u, t) + f(u - g, t)) / g ** 2);
      close(terms.tt, -(f(u, t + g) - 2 * f(u, t) + f(u, t - g)) / g ** 2);
      close(
        terms.ut,
        -(f(u + g, t + g) - f(u + g, t - g) - f(u - g, t + g) + f(u - g, t - g)) / (4 * g ** 2),
      );
    }),
  );
});

test('two arms: the closed form', () => {
  // P(first) = 1/2, P(second) = 1/5: u - t = logit 0.5, -u - t = logit 0.2.
  const fit = fitPairs(countPairs(votesOfCounts([['a', 'b', 50, 20, 30]])), raoKupper);
  expect(fit.logTie).toBeCloseTo(Math.log(2), 9);
  expect((fit.theta[0] as number) - (fit.theta[1] as number)).toBeCloseTo(Math.log(2), 9);
});

test('hardly any and hardly anything but ties', () => {
  const few = fitPairs(countPairs(votesOfCounts([['a', 'b', 1e5, 1e5, 1]])), raoKupper);
  expect(Math.exp(few.logTie as number)).toBeCloseTo(1 + 2 / 2e5, 8);
  const most = fitPairs(countPairs(votesOfCounts([['a', 'b', 1, 1, 1e5]])), raoKupper);
  expect(Math.exp(most.logTie as number)).toBeCloseTo(1e5 + 1, 1);
});

test('schools: in the order in which Davidson sees them', () => {
  const votes = votesOfCounts(cems.counts);
  const { theta } = fitPairs(countPairs(votes), raoKupper);
  const order = (strength: (item: string, i: number) => number) =>
    cems.items
      .map((item, i) => [item, strength(item, i)] as const)
      .sort((a, b) => b[1] - a[1])
      .map(([item]) => item);
  expect(order((item) => theta[votes.arms.indexOf(item)] as number)).toEqual(
    order((_, i) => cems.davidson.theta_centered[i] as number),
  );
});
