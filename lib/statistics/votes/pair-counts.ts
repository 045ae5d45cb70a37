import { AppError } from '#lib/core/errors.ts';
import { LEFT_WON, RIGHT_WON, TIED, type VoteColumns } from './vote-columns.ts';

/**
 * What a fit needs to know of any number of votes: for each pair of arms that met, how often either
 * won and how often they tied. `first[p] < second[p]`, pairs in ascending order, only pairs with a
 * vote. `pairOf[a * size + b]` is the pair of a and b in either order, or -1.
 */
export interface PairCounts {
  readonly size: number;
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly firstWins: Float64Array;
  readonly secondWins: Float64Array;
  readonly ties: Float64Array;
  readonly pairOf: Int32Array;
}

/**
 * Counts votes by pair. One pass, no allocation a vote.
 *
 * @throws AppError BAD_INPUT for a vote between an arm and itself: it says nothing about strength.
 */
export function countPairs(votes: VoteColumns): PairCounts {
  const size = votes.arms.length;
  const wins = new Float64Array(size * size);
  const draws = new Float64Array(size * size);
  const { left, right, outcome } = votes;
  for (let v = 0; v < left.length; v++) {
    const l = left[v] as number;
    const r = right[v] as number;
    if (l === r) {
      throw new AppError(
        'BAD_INPUT',
        `Vote ${v + 1} compares "${votes.arms[l]}" with itself; a ranking needs two different arms.`,
        { reason: 'same-arm', vote: v + 1 },
      );
    }
    const how = outcome[v];
    if (how === LEFT_WON) wins[l * size + r] = (wins[l * size + r] as number) + 1;
    else if (how === RIGHT_WON) wins[r * size + l] = (wins[r * size + l] as number) + 1;
    else {
      const cell = l < r ? l * size + r : r * size + l;
      draws[cell] = (draws[cell] as number) + 1;
    }
  }
  return pairCountsOf(size, wins, draws);
}

/**
 * Sums of the votes' weights by pair, scaled to a mean weight of 1 so that a penalty and the model's
 * own error keep their meaning, and sums of their squares; the counts themselves where no vote has a
 * weight.
 *
 * @returns also the votes, with their scaled weights.
 */
export function weightPairs(
  votes: VoteColumns,
  counts: PairCounts,
): { readonly votes: VoteColumns; readonly counts: PairCounts; readonly squares: PairCounts } {
  if (!votes.weight) return { votes, counts, squares: counts };
  const scale = votes.weight.length / total(votes.weight);
  const weight = votes.weight.map((value) => value * scale);
  const blank = (): PairCounts => ({
    ...counts,
    firstWins: new Float64Array(counts.first.length),
    secondWins: new Float64Array(counts.first.length),
    ties: new Float64Array(counts.first.length),
  });
  const sums = blank();
  const squares = blank();
  for (let v = 0; v < weight.length; v++) {
    const left = votes.left[v] as number;
    const right = votes.right[v] as number;
    const pair = counts.pairOf[left * counts.size + right] as number;
    const how = votes.outcome[v];
    const column =
      how === TIED ? 'ties' : (how === LEFT_WON) === left < right ? 'firstWins' : 'secondWins';
    const value = weight[v] as number;
    sums[column][pair] = (sums[column][pair] as number) + value;
    squares[column][pair] = (squares[column][pair] as number) + value * value;
  }
  return { votes: { ...votes, weight }, counts: sums, squares };
}

/**
 * Pair counts from matrices: `wins[a * size + b]` is how often a beat b; `ties` is read above the
 * diagonal only.
 */
export function pairCountsOf(
  size: number,
  wins: ArrayLike<number>,
  ties: ArrayLike<number>,
): PairCounts {
  const pairOf = new Int32Array(size * size).fill(-1);
  let pairs = 0;
  for (let i = 0; i < size; i++) {
    for (let j = i + 1; j < size; j++) {
      const played =
        (wins[i * size + j] ?? 0) + (wins[j * size + i] ?? 0) + (ties[i * size + j] ?? 0);
      if (played > 0) {
        pairOf[i * size + j] = pairs;
        pairOf[j * size + i] = pairs;
        pairs++;
      }
    }
  }
  const counts = {
    size,
    first: new Int32Array(pairs),
    second: new Int32Array(pairs),
    firstWins: new Float64Array(pairs),
    secondWins: new Float64Array(pairs),
    ties: new Float64Array(pairs),
    pairOf,
  };
  for (let i = 0; i < size; i++) {
    for (let j = i + 1; j < size; j++) {
      const p = pairOf[i * size + j] as number;
      if (p < 0) continue;
      counts.first[p] = i;
      counts.second[p] = j;
      counts.firstWins[p] = wins[i * size + j] ?? 0;
      counts.secondWins[p] = wins[j * size + i] ?? 0;
      counts.ties[p] = ties[i * size + j] ?? 0;
    }
  }
  return counts;
}

/** The sum of a column of counts. */
export function total(column: Float64Array): number {
  let sum = 0;
  for (const value of column) sum += value;
  return sum;
}
