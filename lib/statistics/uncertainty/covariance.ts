import type { PairFit } from '../models/fit.ts';
import { type Matrix, multiply } from '../numeric/matrix.ts';
import type { PairCounts } from '../votes/pair-counts.ts';
import type { VoteColumns } from '../votes/vote-columns.ts';

/**
 * The sandwich meat with every vote for itself (HC0; Huber 1967, White 1980): the sum of the outer
 * products of the votes' scores, from counts.
 *
 * @param counts sums of squared weights, which are counts where every weight is 1.
 */
export function voteMeat(counts: PairCounts, fit: PairFit): Matrix {
  const n = fit.parameters;
  const k = counts.size;
  const meat = new Float64Array(n * n);
  const add = (index: number, value: number) => {
    meat[index] = (meat[index] as number) + value;
  };
  for (let p = 0; p < counts.first.length; p++) {
    const i = counts.first[p] as number;
    const j = counts.second[p] as number;
    let uu = 0;
    let ut = 0;
    let tt = 0;
    const columns = [counts.firstWins, counts.secondWins, counts.ties];
    for (let o = 0; o < 3; o++) {
      const votes = columns[o]?.[p] as number;
      const u = fit.scores[p * 6 + o * 2] as number;
      const t = fit.scores[p * 6 + o * 2 + 1] as number;
      uu += votes * u * u;
      ut += votes * u * t;
      tt += votes * t * t;
    }
    add(i * n + i, uu);
    add(j * n + j, uu);
    add(i * n + j, -uu);
    add(j * n + i, -uu);
    if (n > k) {
      add(i * n + k, ut);
      add(k * n + i, ut);
      add(j * n + k, -ut);
      add(k * n + j, -ut);
      add(k * n + k, tt);
    }
  }
  return meat;
}

/**
 * The votes of one question, their counts and fit: a layer of what is estimated together. Of weighted
 * votes `counts` sums the weights and `squares` their squares.
 */
export interface ScoredVotes {
  readonly votes: VoteColumns;
  readonly counts: PairCounts;
  readonly squares: PairCounts;
  readonly fit: PairFit;
}

/** Bread times meat times bread, exactly symmetric: the covariance of a fit's parameters. */
export function sandwich(bread: Matrix, meat: Matrix, n: number): Matrix {
  const product = multiply(multiply(bread, meat, n), bread, n);
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const mean = ((product[i * n + j] as number) + (product[j * n + i] as number)) / 2;
      product[i * n + j] = mean;
      product[j * n + i] = mean;
    }
  }
  return product;
}
