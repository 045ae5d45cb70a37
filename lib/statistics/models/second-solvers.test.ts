import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { votesOfCounts, votesOfRows } from '#tests/factories/votes.ts';
import citations from '#tests/golden/bt_citations/reference.json' with { type: 'json' };
import cems from '#tests/golden/cems/reference.json' with { type: 'json' };
import pudding from '#tests/golden/davidson_pudding/reference.json' with { type: 'json' };
import food from '#tests/golden/evalica_food/reference.json' with { type: 'json' };
import wikipedia from '#tests/golden/wikipedia_bt/reference.json' with { type: 'json' };
import { countPairs, type PairCounts, pairCountsOf, total } from '../votes/pair-counts.ts';
import { bradleyTerry } from './bradley-terry.ts';
import { davidson } from './davidson.ts';
import { fitPairs } from './fit.ts';
import type { PairModel } from './pair-model.ts';
import { raoKupper } from './rao-kupper.ts';

// Fixed-point solvers that share nothing with Newton's method: no derivatives, no matrices, worths
// instead of logs.

interface Solved {
  readonly worth: readonly number[];
  readonly tie: number;
}
type Step = (counts: PairCounts, at: Solved) => Solved;

/** Hunter 2004 (Annals of Statistics 32:384), equation 4: minorise and maximise. */
const bradleyTerryStep: Step = (counts, { worth, tie }) => {
  const won = worth.map(() => 0);
  const met = worth.map(() => 0);
  eachPair(counts, (i, j, firstWins, secondWins, ties) => {
    won[i] = (won[i] ?? 0) + firstWins + ties / 2;
    won[j] = (won[j] ?? 0) + secondWins + ties / 2;
    const share = (firstWins + secondWins + ties) / ((worth[i] ?? 0) + (worth[j] ?? 0));
    met[i] = (met[i] ?? 0) + share;
    met[j] = (met[j] ?? 0) + share;
  });
  return { worth: won.map((wins, i) => wins / (met[i] ?? 0)), tie };
};

/** The likelihood equations of Davidson 1970 (equations 2.5 to 2.7), solved in turn. */
const davidsonStep: Step = (counts, { worth, tie }) => {
  const score = worth.map(() => 0);
  const met = worth.map(() => 0);
  let shares = 0;
  eachPair(counts, (i, j, firstWins, secondWins, ties) => {
    const a = worth[i] ?? 0;
    const b = worth[j] ?? 0;
    const mean = Math.sqrt(a * b);
    const rate = (firstWins + secondWins + ties) / (a + b + tie * mean);
    score[i] = (score[i] ?? 0) + 2 * firstWins + ties;
    score[j] = (score[j] ?? 0) + 2 * secondWins + ties;
    met[i] = (met[i] ?? 0) + rate * (2 + tie * Math.sqrt(b / a));
    met[j] = (met[j] ?? 0) + rate * (2 + tie * Math.sqrt(a / b));
    shares += rate * mean;
  });
  return {
    worth: score.map((value, i) => value / (met[i] ?? 0)),
    tie: total(counts.ties) / shares,
  };
};

/** Hunter 2004, section 5: the model of Rao and Kupper, worths and threshold in turn. */
const raoKupperStep: Step = (counts, { worth, tie }) => {
  const score = worth.map(() => 0);
  const met = worth.map(() => 0);
  let pull = 0;
  eachPair(counts, (i, j, firstWins, secondWins, ties) => {
    const a = worth[i] ?? 0;
    const b = worth[j] ?? 0;
    const first = (firstWins + ties) / (a + tie * b);
    const second = (secondWins + ties) / (tie * a + b);
    score[i] = (score[i] ?? 0) + firstWins + ties;
    score[j] = (score[j] ?? 0) + secondWins + ties;
    met[i] = (met[i] ?? 0) + first + tie * second;
    met[j] = (met[j] ?? 0) + second + tie * first;
    pull += first * b + second * a;
  });
  const ratio = total(counts.ties) / pull;
  return {
    worth: score.map((value, i) => value / (met[i] ?? 0)),
    tie: ratio + Math.sqrt(1 + ratio * ratio),
  };
};

function eachPair(
  counts: PairCounts,
  visit: (i: number, j: number, firstWins: number, secondWins: number, ties: number) => void,
): void {
  counts.first.forEach((i, p) => {
    visit(
      i,
      counts.second[p] as number,
      counts.firstWins[p] as number,
      counts.secondWins[p] as number,
      counts.ties[p] as number,
    );
  });
}

/** Steps until nothing moves; log worths with mean zero. */
function solve(counts: PairCounts, step: Step): { theta: number[]; tie: number } {
  let at: Solved = { worth: Array.from({ length: counts.size }, () => 1), tie: 1.5 };
  for (let round = 0; round < 100_000; round++) {
    const next = step(counts, at);
    const scale = Math.exp(
      next.worth.reduce((sum, value) => sum + Math.log(value), 0) / counts.size,
    );
    const worth = next.worth.map((value) => value / scale);
    const moved = worth.reduce(
      (most, value, i) => Math.max(most, Math.abs(value / (at.worth[i] ?? 0) - 1)),
      Math.abs(next.tie / at.tie - 1),
    );
    at = { worth, tie: next.tie };
    if (moved < 1e-13) break;
  }
  return { theta: at.worth.map(Math.log), tie: at.tie };
}

const SOLVERS: { model: PairModel; step: Step }[] = [
  { model: bradleyTerry('half'), step: bradleyTerryStep },
  { model: davidson, step: davidsonStep },
  { model: raoKupper, step: raoKupperStep },
];

const GOLDEN: [string, PairCounts][] = [
  ['schools', countPairs(votesOfCounts(cems.counts))],
  ['pudding', countPairs(votesOfCounts(pudding.counts))],
  ['food', countPairs(votesOfRows(food.votes))],
  ['citations', countPairs(votesOfCounts(citations.counts))],
  ['the worked example of Wikipedia', countPairs(votesOfCounts(wikipedia.counts))],
];

function expectSame(counts: PairCounts, model: PairModel, step: Step): void {
  const fit = fitPairs(counts, model);
  const solved = solve(counts, step);
  fit.theta.forEach((value, i) => {
    expect(Math.abs(value - (solved.theta[i] as number))).toBeLessThan(1e-6);
  });
  if (fit.logTie !== null) expect(Math.abs(fit.logTie - Math.log(solved.tie))).toBeLessThan(1e-6);
}

describe.each(SOLVERS)('$model.name', ({ model, step }) => {
  test.each(GOLDEN.filter(([, { ties }]) => !model.hasTieParameter || total(ties) > 0))(
    '%s: a second solver finds the same',
    (_, counts) => expectSame(counts, model, step),
  );

  test('random votes: a second solver finds the same', () => {
    const size = 5;
    const cells = fc.array(fc.integer({ min: 1, max: 40 }), {
      minLength: size * size,
      maxLength: size * size,
    });
    fc.assert(
      fc.property(cells, cells, (wins, ties) => {
        expectSame(pairCountsOf(size, wins, ties), model, step);
      }),
      { numRuns: 40 },
    );
  });
});
