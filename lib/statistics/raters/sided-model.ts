import { cholesky, invertCholesky, type Matrix, solveCholesky } from '../numeric/matrix.ts';
import type { Cells } from './rater-cells.ts';

/** A normal distribution of parameters before the votes: their mean and inverse covariance. */
export interface Prior {
  readonly mean: Float64Array;
  readonly precision: Matrix;
  /** log of the determinant of the precision. */
  readonly logDeterminant: number;
}

/** The parameters after the votes, near their mode. */
export interface Posterior {
  readonly at: Float64Array;
  /** Computed when it is asked for. */
  readonly covariance: () => Matrix;
  /** log of the probability of the votes, the parameters integrated out (Laplace). */
  readonly logEvidence: number;
}

const MOST_STEPS = 60;
const CONVERGED = 1e-7;

/**
 * Davidson's model with a term for the left side, given a normal prior: the parameters are the
 * natural-log strengths of `arms` arms, then what the left side adds, then (where `hasTies`) the log
 * of the tie parameter. Without ties it is Bradley-Terry's. The mode is found by Newton's method with
 * step halving (the log-likelihood is concave), the votes' probability by Laplace's approximation
 * around it (Tierney and Kadane 1986).
 */
export function fitSided(
  cells: Cells,
  arms: number,
  hasTies: boolean,
  prior: Prior,
  start: Float64Array = prior.mean,
): Posterior {
  const n = prior.mean.length;
  let at = Float64Array.from(start);
  let state = evaluate(cells, arms, hasTies, prior, at);
  for (let step = 0; ; step++) {
    const factor = cholesky(state.information, n);
    if (!factor) throw new Error('A precision that is not positive definite.');
    const move = solveCholesky(factor, n, state.gradient);
    let longest = 0;
    for (const value of move) longest = Math.max(longest, Math.abs(value));
    if (longest < CONVERGED || step === MOST_STEPS) {
      let logDeterminant = 0;
      for (let i = 0; i < n; i++) logDeterminant += 2 * Math.log(factor[i * n + i] as number);
      return {
        at,
        covariance: () => invertCholesky(factor, n),
        logEvidence: state.objective + (prior.logDeterminant - logDeterminant) / 2,
      };
    }
    let share = Math.min(1, 4 / longest);
    for (;;) {
      const tried = at.map((value, i) => value + share * (move[i] as number));
      const next = evaluate(cells, arms, hasTies, prior, tried);
      if (next.objective >= state.objective - 1e-9 || share < 1e-6) {
        at = tried;
        state = next;
        break;
      }
      share /= 2;
    }
  }
}

function evaluate(
  cells: Cells,
  arms: number,
  hasTies: boolean,
  { mean, precision }: Prior,
  at: Float64Array,
) {
  const n = mean.length;
  const gradient = new Float64Array(n);
  const information = Float64Array.from(precision);
  const add = (to: Float64Array, index: number, value: number) => {
    to[index] = (to[index] as number) + value;
  };
  let objective = 0;
  for (let i = 0; i < n; i++) {
    let pull = 0;
    for (let j = 0; j < n; j++) {
      pull += (precision[i * n + j] as number) * ((at[j] as number) - (mean[j] as number));
    }
    gradient[i] = -pull;
    objective -= (pull * ((at[i] as number) - (mean[i] as number))) / 2;
  }
  const side = arms;
  const tie = arms + 1;
  const t = hasTies ? (at[tie] as number) : -Infinity;
  for (let c = 0; c < cells.left.length; c++) {
    const l = cells.left[c] as number;
    const r = cells.right[c] as number;
    const wins = cells.leftWins[c] as number;
    const losses = cells.rightWins[c] as number;
    const ties = cells.ties[c] as number;
    const votes = wins + losses + ties;
    const u = (at[l] as number) - (at[r] as number) + (at[side] as number);
    const top = Math.max(Math.abs(u) / 2, t);
    const a = Math.exp(u / 2 - top);
    const b = Math.exp(-u / 2 - top);
    const c0 = Math.exp(t - top);
    const sum = a + b + c0;
    const lean = (a - b) / (2 * sum);
    const pTie = c0 / sum;
    objective += ((wins - losses) * u) / 2 - votes * (top + Math.log(sum));
    const byU = (wins - losses) / 2 - votes * lean;
    const uu = votes * ((1 - pTie) / 4 - lean * lean);
    add(gradient, l, byU);
    add(gradient, r, -byU);
    add(gradient, side, byU);
    add(information, l * n + l, uu);
    add(information, r * n + r, uu);
    add(information, l * n + r, -uu);
    add(information, r * n + l, -uu);
    add(information, side * n + side, uu);
    add(information, l * n + side, uu);
    add(information, side * n + l, uu);
    add(information, r * n + side, -uu);
    add(information, side * n + r, -uu);
    if (hasTies) {
      objective += ties * t;
      const ut = -votes * lean * pTie;
      add(gradient, tie, ties - votes * pTie);
      add(information, l * n + tie, ut);
      add(information, tie * n + l, ut);
      add(information, r * n + tie, -ut);
      add(information, tie * n + r, -ut);
      add(information, side * n + tie, ut);
      add(information, tie * n + side, ut);
      add(information, tie * n + tie, votes * pTie * (1 - pTie));
    }
  }
  return { objective, gradient, information };
}

/** The prior of parameters that are independent before the votes. */
export function independentPrior(mean: Float64Array, variances: Float64Array): Prior {
  const n = mean.length;
  const precision = new Float64Array(n * n);
  let logDeterminant = 0;
  for (let i = 0; i < n; i++) {
    const variance = variances[i] as number;
    precision[i * n + i] = 1 / variance;
    logDeterminant -= Math.log(variance);
  }
  return { mean, precision, logDeterminant };
}

/** The prior of a mean and a positive definite covariance. */
export function correlatedPrior(mean: Float64Array, covariance: Matrix): Prior {
  const n = mean.length;
  const factor = cholesky(covariance, n);
  if (!factor) throw new Error('A covariance that is not positive definite.');
  let logDeterminant = 0;
  for (let i = 0; i < n; i++) logDeterminant -= 2 * Math.log(factor[i * n + i] as number);
  return { mean, precision: invertCholesky(factor, n), logDeterminant };
}
