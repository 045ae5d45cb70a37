import type { Random } from '#lib/core/random.ts';
import { drawBinomial } from '../numeric/binomial-draw.ts';
import type { PairCounts } from '../votes/pair-counts.ts';
import type { ScoredVotes } from './covariance.ts';
import type { VoteCells } from './vote-cells.ts';

/** Draws a resample of the votes: the counts of each layer, in the same arrays every time. */
export interface Resampler {
  next(): readonly PairCounts[];
}

/**
 * Resamples clusters with replacement. With rows and columns this is the pigeonhole bootstrap (Owen
 * 2007, Annals of Applied Statistics 1:386): both are resampled, and a vote counts as often as its
 * row times as often as its column was drawn. Of G clusters G - 1 are drawn, which makes the variance
 * of a sum the usual one with G / (G - 1) (McCarthy and Snowden 1985). Costs a pass over the cells,
 * however many votes they sum.
 */
export function resampleClusters(
  layers: readonly ScoredVotes[],
  cells: VoteCells,
  random: Random,
): Resampler {
  const { row, column, starts, code, weight } = cells;
  const rowTimes = new Float64Array(cells.rows);
  const columnTimes = new Float64Array(cells.columns);
  const sums = new Float64Array(cells.codes);
  const counts = resampledCounts(layers);
  return {
    next() {
      drawTimes(rowTimes, random);
      drawTimes(columnTimes, random);
      sums.fill(0);
      for (let b = 0; b < row.length; b++) {
        const times =
          (rowTimes[row[b] as number] as number) * (columnTimes[column[b] as number] as number);
        if (times === 0) continue;
        const end = starts[b + 1] as number;
        for (let cell = starts[b] as number; cell < end; cell++) {
          const at = code[cell] as number;
          sums[at] = (sums[at] as number) + times * (weight[cell] as number);
        }
      }
      return fill(counts, sums);
    },
  };
}

/**
 * Resamples votes with replacement, taken as independent: one multinomial draw over pairs and
 * outcomes for each layer, by conditional binomials.
 */
export function resampleVotes(layers: readonly ScoredVotes[], random: Random): Resampler {
  const counts = resampledCounts(layers);
  const cells = layers.map(({ counts: own }) =>
    own.first.reduce<number[]>((list, _, p) => {
      list.push(own.firstWins[p] as number, own.secondWins[p] as number, own.ties[p] as number);
      return list;
    }, []),
  );
  const totals = cells.map((list) => list.reduce((sum, votes) => sum + votes, 0));
  const sums = new Float64Array(cells.reduce((sum, list) => sum + list.length, 0));
  return {
    next() {
      let at = 0;
      cells.forEach((list, l) => {
        let left = totals[l] as number;
        let among = left;
        for (const votes of list) {
          const drawn = drawBinomial(left, among > 0 ? votes / among : 0, random);
          sums[at++] = drawn;
          left -= drawn;
          among -= votes;
        }
      });
      return fill(counts, sums);
    },
  };
}

/** How often each of G clusters is among G - 1 drawn; once where it is the only one. */
function drawTimes(times: Float64Array, random: Random): void {
  const count = times.length;
  times.fill(count === 1 ? 1 : 0);
  for (let draw = 1; draw < count; draw++) {
    const drawn = random.integer(count);
    times[drawn] = (times[drawn] as number) + 1;
  }
}

function resampledCounts(layers: readonly ScoredVotes[]): readonly PairCounts[] {
  return layers.map(({ counts }) => ({
    ...counts,
    firstWins: new Float64Array(counts.first.length),
    secondWins: new Float64Array(counts.first.length),
    ties: new Float64Array(counts.first.length),
  }));
}

function fill(counts: readonly PairCounts[], sums: Float64Array): readonly PairCounts[] {
  let at = 0;
  for (const { firstWins, secondWins, ties } of counts) {
    for (let p = 0; p < ties.length; p++) {
      firstWins[p] = sums[at++] as number;
      secondWins[p] = sums[at++] as number;
      ties[p] = sums[at++] as number;
    }
  }
  return counts;
}
