import { AppError } from '#lib/core/errors.ts';
import { cholesky, invertCholesky, type Matrix, solveCholesky } from '../numeric/matrix.ts';
import { type PairCounts, total } from '../votes/pair-counts.ts';
import { newPairTerms, type PairModel } from './pair-model.ts';

/** The score of one vote by u and by t, for the three outcomes of each pair: `[pair * 6 + ...]`. */
export type PairScores = Float64Array;

/**
 * A fitted paired-comparison model. `theta` are natural-log strengths with mean zero, `logTie` the
 * log of the tie parameter (nu or eta) or null. `inverse` is the inverse of the information (the negative
 * Hessian, the ridge included) over `parameters` = arms (+ 1 for the tie parameter), on centred
 * strengths where there is no ridge: the covariance if the model is right.
 */
export interface PairFit {
  readonly theta: Float64Array;
  readonly logTie: number | null;
  readonly logLikelihood: number;
  readonly ridge: number;
  readonly parameters: number;
  readonly inverse: Matrix;
  readonly scores: PairScores;
}

const MOST_STEPS = 200;
const CONVERGED = 1e-11;

/**
 * Maximum likelihood, or with a ridge the maximum of logLikelihood - (ridge / 2) sum theta^2, by
 * Newton's method with step halving, over pair counts: the cost does not depend on the number of
 * votes. Strengths are centred by adding the direction (1, ..., 1), which the likelihood does not
 * see, to the Hessian.
 *
 * @throws AppError BAD_INPUT where no finite estimate exists: ask `components` first, or give a
 *   ridge.
 */
export function fitPairs(counts: PairCounts, model: PairModel, ridge = 0): PairFit {
  const k = counts.size;
  const start = new Float64Array(k + (model.hasTieParameter ? 1 : 0));
  if (model.hasTieParameter) {
    const tied = total(counts.ties);
    const decided = total(counts.firstWins) + total(counts.secondWins);
    start[k] = model.startTie(tied, decided);
  }
  return finish(counts, model, ridge, climb(counts, model, ridge, start, CONVERGED));
}

/**
 * The strengths alone, with mean zero, from a start near them.
 *
 * @param start strengths, then t where the model has it.
 * @param within how far the last step may go.
 * @throws AppError BAD_INPUT as `fitPairs`.
 */
export function fitNear(
  counts: PairCounts,
  model: PairModel,
  ridge: number,
  start: Float64Array,
  within: number,
): Float64Array {
  return centre(climb(counts, model, ridge, start, within).at, counts.size);
}

interface Top {
  readonly at: Float64Array;
  readonly state: State;
  /** Cholesky's factor of the information there, the direction (1, ..., 1) added. */
  readonly factor: Matrix;
}

function climb(
  counts: PairCounts,
  model: PairModel,
  ridge: number,
  start: Float64Array,
  within: number,
): Top {
  const k = counts.size;
  const n = start.length;
  const at = Float64Array.from(start);
  let state = evaluate(counts, model, ridge, at, n);
  for (let step = 0; ; step++) {
    const factor = cholesky(centred(state.information, k, n, ridge), n);
    if (!factor || step === MOST_STEPS) {
      throw new AppError(
        'BAD_INPUT',
        'These votes have no finite estimate: some arms are not connected by wins in both directions; a ridge gives one.',
        { reason: 'not-identified' },
      );
    }
    const move = solveCholesky(factor, n, state.gradient);
    let longest = 0;
    for (const value of move) longest = Math.max(longest, Math.abs(value));
    if (longest < within) return { at, state, factor };
    let share = Math.min(1, 4 / longest);
    let next = tryMove(counts, model, ridge, at, move, share, n);
    // Near the top rounding hides the rise, so a fall within rounding is taken too.
    const floor = state.objective - 1e-12 * Math.abs(state.objective) - 1e-12;
    while (!(next.state.objective >= floor) && share > 1e-6) {
      share /= 2;
      next = tryMove(counts, model, ridge, at, move, share, n);
    }
    at.set(next.at);
    state = next.state;
  }
}

interface State {
  readonly objective: number;
  readonly logLikelihood: number;
  readonly gradient: Float64Array;
  readonly information: Matrix;
  readonly scores: PairScores;
}

function tryMove(
  counts: PairCounts,
  model: PairModel,
  ridge: number,
  from: Float64Array,
  move: Float64Array,
  share: number,
  n: number,
): { at: Float64Array; state: State } {
  const at = from.map((value, i) => value + share * (move[i] as number));
  return { at, state: evaluate(counts, model, ridge, at, n) };
}

function evaluate(
  counts: PairCounts,
  model: PairModel,
  ridge: number,
  at: Float64Array,
  n: number,
): State {
  const k = counts.size;
  const t = n > k ? (at[k] as number) : 0;
  const gradient = new Float64Array(n);
  const information = new Float64Array(n * n);
  const scores = new Float64Array(counts.first.length * 6);
  const terms = newPairTerms();
  const pair = { firstWins: 0, secondWins: 0, ties: 0 };
  let logLikelihood = 0;
  const add = (to: Float64Array, index: number, value: number) => {
    to[index] = (to[index] as number) + value;
  };
  for (let p = 0; p < counts.first.length; p++) {
    const i = counts.first[p] as number;
    const j = counts.second[p] as number;
    pair.firstWins = counts.firstWins[p] as number;
    pair.secondWins = counts.secondWins[p] as number;
    pair.ties = counts.ties[p] as number;
    model.evaluate((at[i] as number) - (at[j] as number), t, pair, terms);
    logLikelihood += terms.logLikelihood;
    const byU =
      pair.firstWins * terms.firstU + pair.secondWins * terms.secondU + pair.ties * terms.tieU;
    add(gradient, i, byU);
    add(gradient, j, -byU);
    add(information, i * n + i, terms.uu);
    add(information, j * n + j, terms.uu);
    add(information, i * n + j, -terms.uu);
    add(information, j * n + i, -terms.uu);
    if (n > k) {
      add(
        gradient,
        k,
        pair.firstWins * terms.firstT + pair.secondWins * terms.secondT + pair.ties * terms.tieT,
      );
      add(information, i * n + k, terms.ut);
      add(information, k * n + i, terms.ut);
      add(information, j * n + k, -terms.ut);
      add(information, k * n + j, -terms.ut);
      add(information, k * n + k, terms.tt);
    }
    scores[p * 6] = terms.firstU;
    scores[p * 6 + 1] = terms.firstT;
    scores[p * 6 + 2] = terms.secondU;
    scores[p * 6 + 3] = terms.secondT;
    scores[p * 6 + 4] = terms.tieU;
    scores[p * 6 + 5] = terms.tieT;
  }
  let squares = 0;
  for (let i = 0; i < k; i++) {
    const theta = at[i] as number;
    squares += theta * theta;
    add(gradient, i, -ridge * theta);
    add(information, i * n + i, ridge);
  }
  return {
    objective: logLikelihood - (ridge / 2) * squares,
    logLikelihood,
    gradient,
    information,
    scores,
  };
}

/** The scale at which the direction (1, ..., 1) is added where the likelihood does not see it. */
function nullScale(information: Matrix, k: number, n: number): number {
  let trace = 0;
  for (let i = 0; i < k; i++) trace += information[i * n + i] as number;
  return trace > 0 ? trace / k : 1;
}

function centred(information: Matrix, k: number, n: number, ridge: number): Matrix {
  if (ridge > 0) return information;
  const share = nullScale(information, k, n) / k;
  const full = Float64Array.from(information);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) full[i * n + j] = (full[i * n + j] as number) + share;
  }
  return full;
}

function finish(
  counts: PairCounts,
  model: PairModel,
  ridge: number,
  { at, state, factor }: Top,
): PairFit {
  const k = counts.size;
  const n = at.length;
  const inverse = invertCholesky(factor, n);
  if (!(ridge > 0)) {
    // Takes the added direction out again: what remains is the pseudo-inverse.
    const share = 1 / (k * nullScale(state.information, k, n));
    for (let i = 0; i < k; i++) {
      for (let j = 0; j < k; j++) inverse[i * n + j] = (inverse[i * n + j] as number) - share;
    }
  }
  return {
    theta: centre(at, k),
    logTie: model.hasTieParameter ? (at[k] as number) : null,
    logLikelihood: state.logLikelihood,
    ridge,
    parameters: n,
    inverse,
    scores: state.scores,
  };
}

/** The strengths less their mean. */
function centre(at: Float64Array, k: number): Float64Array {
  const theta = at.slice(0, k);
  const mean = total(theta) / k;
  return theta.map((value) => value - mean);
}
