import type { Matrix } from '../numeric/matrix.ts';
import type { Cells, RaterCells } from './rater-cells.ts';
import { addRater } from './rater-cells.ts';
import { correlatedPrior, fitSided, independentPrior } from './sided-model.ts';

/** How much honest raters differ: standard deviations in natural-log units. */
export interface Spread {
  /** Of one rater's taste for one arm. */
  readonly taste: number;
  /** Of what the left side adds for one rater. */
  readonly side: number;
  /** Of the log of one rater's tie parameter. */
  readonly tie: number;
}

/** Before any vote: strengths within some 800 Elo, a mild side effect, ties near their share. */
const STRENGTH_VARIANCE = 4;
const SIDE_VARIANCE = 0.25;
const TIE_VARIANCE = 1;
/** Up to this many operations the fit without a rater is exact, else one Newton step away. */
const MOST_WORK = 4e9;

/** What the others say: their parameters and how sure those are. */
export interface Others {
  readonly at: Float64Array;
  readonly covariance: Matrix;
}

/**
 * The fits of everybody but one rater, with each rater counted by a weight in [0, 1].
 *
 * @param cells its `all` is overwritten.
 */
export function leaveOneOutFits(
  cells: RaterCells,
  hasTies: boolean,
  weights: Float64Array,
): (rater: number) => Others {
  const { all, arms, raters } = cells;
  for (const column of [all.leftWins, all.rightWins, all.ties]) column.fill(0);
  for (let r = 0; r <= raters; r++) addRater(cells, r, r < raters ? (weights[r] as number) : 1);
  const n = arms + (hasTies ? 2 : 1);
  const mean = new Float64Array(n);
  const variances = new Float64Array(n).fill(STRENGTH_VARIANCE);
  variances[arms] = SIDE_VARIANCE;
  if (hasTies) {
    variances[arms + 1] = TIE_VARIANCE;
    mean[arms + 1] = Math.log(
      (2 * sum(all.ties) + 1) / (sum(all.leftWins) + sum(all.rightWins) + 1),
    );
  }
  const prior = independentPrior(mean, variances);
  const whole = fitSided(all, arms, hasTies, prior);
  if (4 * raters * n ** 3 > MOST_WORK) {
    const known = { at: whole.at, covariance: whole.covariance() };
    return (r) => oneStepFit(cells, r, known, hasTies, weights[r] as number);
  }
  return (r) => {
    addRater(cells, r, -(weights[r] as number));
    const { at, covariance } = fitSided(all, arms, hasTies, prior, whole.at);
    addRater(cells, r, weights[r] as number);
    return { at, covariance: covariance() };
  };
}

/** The fit without a rater, one Newton step from the fit with everybody. */
function oneStepFit(
  cells: RaterCells,
  r: number,
  whole: Others,
  hasTies: boolean,
  weight: number,
): Others {
  const n = whole.at.length;
  const score = scoreOf(cells, r, whole.at, hasTies);
  const at = whole.at.map((value, i) => {
    let move = 0;
    for (let j = 0; j < n; j++)
      move += (whole.covariance[i * n + j] as number) * (score[j] as number);
    return value - weight * move;
  });
  return { ...whole, at };
}

function scoreOf(cells: RaterCells, r: number, at: Float64Array, hasTies: boolean): Float64Array {
  const { arms } = cells;
  const score = new Float64Array(at.length);
  for (let c = cells.starts[r] as number; c < (cells.starts[r + 1] as number); c++) {
    const left = cells.left[c] as number;
    const right = cells.right[c] as number;
    const wins = cells.leftWins[c] as number;
    const losses = cells.rightWins[c] as number;
    const ties = cells.ties[c] as number;
    const u = (at[left] as number) - (at[right] as number) + (at[arms] as number);
    const a = Math.exp(u / 2);
    const b = Math.exp(-u / 2);
    const tie = hasTies ? Math.exp(at[arms + 1] as number) : 0;
    const votes = wins + losses + ties;
    const byU = (wins - losses) / 2 - (votes * (a - b)) / (2 * (a + b + tie));
    score[left] = (score[left] as number) + byU;
    score[right] = (score[right] as number) - byU;
    score[arms] = (score[arms] as number) + byU;
    if (hasTies)
      score[arms + 1] = (score[arms + 1] as number) + ties - (votes * tie) / (a + b + tie);
  }
  return score;
}

/**
 * log of the probability of one rater's answers, if the rater is honest: the strengths of the others
 * (as uncertain as their fit), plus this rater's own taste, side and use of ties, which are normal with
 * a `spread`, all integrated out.
 *
 * The others' fit averages over their tastes, which draws it towards the middle; it is stretched by
 * sqrt(1 + c^2 s^2), c = 16 sqrt(3) / (15 pi), s^2 the variance of a difference of two tastes (Zeger,
 * Liang and Albert 1988).
 *
 * @param cells of this rater, those with `without` left out.
 */
export function logOfHonest(
  cells: RaterCells,
  r: number,
  others: Others,
  hasTies: boolean,
  spread: Spread,
  without = -1,
): number {
  const { arms } = cells;
  const own = ownCells(cells, r, without);
  if (own.cells.left.length === 0) return 0;
  const touched = own.arms.length;
  const n = touched + (hasTies ? 2 : 1);
  const whole = others.at.length;
  const stretch = Math.sqrt(
    1 + 2 * ((16 * Math.sqrt(3)) / (15 * Math.PI)) ** 2 * spread.taste ** 2,
  );
  const places = [...own.arms, arms, ...(hasTies ? [arms + 1] : [])];
  const mean = new Float64Array(n);
  const covariance = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const from = places[i] as number;
    const scale = i < touched ? stretch : 1;
    mean[i] = scale * (others.at[from] as number);
    for (let j = 0; j < n; j++) {
      covariance[i * n + j] =
        scale *
        (j < touched ? stretch : 1) *
        (others.covariance[from * whole + (places[j] as number)] as number);
    }
    const own = i < touched ? spread.taste : i === touched ? spread.side : spread.tie;
    covariance[i * n + i] = (covariance[i * n + i] as number) + own ** 2;
  }
  return fitSided(own.cells, touched, hasTies, correlatedPrior(mean, covariance)).logEvidence;
}

/** A rater's cells with the arms numbered from 0 as they come. */
function ownCells(cells: RaterCells, r: number, without: number): { cells: Cells; arms: number[] } {
  const from = cells.starts[r] as number;
  const to = cells.starts[r + 1] as number;
  const places = new Map<number, number>();
  const kept: number[] = [];
  const place = (arm: number): number => {
    const known = places.get(arm) ?? places.size;
    places.set(arm, known);
    return known;
  };
  const left: number[] = [];
  const right: number[] = [];
  for (let c = from; c < to; c++) {
    const l = cells.left[c] as number;
    const r = cells.right[c] as number;
    if (l === without || r === without) continue;
    kept.push(c);
    left.push(place(l));
    right.push(place(r));
  }
  const take = (column: Float64Array) => Float64Array.from(kept, (c) => column[c] as number);
  return {
    arms: [...places.keys()],
    cells: {
      left: Int32Array.from(left),
      right: Int32Array.from(right),
      leftWins: take(cells.leftWins),
      rightWins: take(cells.rightWins),
      ties: take(cells.ties),
    },
  };
}

function sum(column: Float64Array): number {
  let all = 0;
  for (const value of column) all += value;
  return all;
}
