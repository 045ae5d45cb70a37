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

/** For each layer and vote the number of its cluster, counted from 0 over all layers. */
export interface Clusters {
  readonly ids: readonly Int32Array[];
  readonly count: number;
}

/**
 * The sandwich meat with votes summed by cluster first (Liang and Zeger 1986), times G / (G - 1).
 * Several questions are stacked, so that what a cluster says on both is counted as one thing.
 * One pass over the votes in the order of their clusters.
 *
 * @returns a square matrix over the parameters of all layers, in order.
 */
export function clusterMeat(layers: readonly ScoredVotes[], clusters: Clusters): Matrix {
  const offsets: number[] = [];
  let n = 0;
  for (const layer of layers) {
    offsets.push(n);
    n += layer.fit.parameters;
  }
  const votes = clusters.ids.reduce((sum, ids) => sum + ids.length, 0);
  // Counting sort: the votes of all layers, cluster by cluster.
  const starts = new Int32Array(clusters.count + 1);
  for (const ids of clusters.ids) {
    for (const id of ids) starts[id + 1] = (starts[id + 1] as number) + 1;
  }
  for (let c = 0; c < clusters.count; c++) {
    starts[c + 1] = (starts[c + 1] as number) + (starts[c] as number);
  }
  const next = starts.slice();
  const layerOf = new Uint8Array(votes);
  const voteOf = new Int32Array(votes);
  clusters.ids.forEach((ids, l) => {
    for (let v = 0; v < ids.length; v++) {
      const slot = next[ids[v] as number] as number;
      next[ids[v] as number] = slot + 1;
      layerOf[slot] = l;
      voteOf[slot] = v;
    }
  });
  const meat = new Float64Array(n * n);
  const sum = new Float64Array(n);
  const touched = new Int32Array(n);
  const isTouched = new Uint8Array(n);
  let groups = 0;
  for (let c = 0; c < clusters.count; c++) {
    const from = starts[c] as number;
    const to = starts[c + 1] as number;
    if (from === to) continue;
    groups++;
    let count = 0;
    const add = (index: number, value: number) => {
      if (isTouched[index] === 0) {
        isTouched[index] = 1;
        touched[count++] = index;
      }
      sum[index] = (sum[index] as number) + value;
    };
    for (let s = from; s < to; s++) {
      const l = layerOf[s] as number;
      const layer = layers[l] as ScoredVotes;
      const offset = offsets[l] as number;
      const v = voteOf[s] as number;
      const left = layer.votes.left[v] as number;
      const right = layer.votes.right[v] as number;
      const size = layer.counts.size;
      const pair = layer.counts.pairOf[left * size + right] as number;
      const isFirst = left < right;
      const how = layer.votes.outcome[v] as number;
      const outcome = how === 2 || isFirst ? how : 1 - how;
      const weight = layer.votes.weight?.[v] ?? 1;
      const u = weight * (layer.fit.scores[pair * 6 + outcome * 2] as number);
      add(offset + (isFirst ? left : right), u);
      add(offset + (isFirst ? right : left), -u);
      if (layer.fit.parameters > size) {
        add(offset + size, weight * (layer.fit.scores[pair * 6 + outcome * 2 + 1] as number));
      }
    }
    for (let a = 0; a < count; a++) {
      const i = touched[a] as number;
      const value = sum[i] as number;
      for (let b = 0; b < count; b++) {
        const at = i * n + (touched[b] as number);
        meat[at] = (meat[at] as number) + value * (sum[touched[b] as number] as number);
      }
    }
    for (let a = 0; a < count; a++) {
      sum[touched[a] as number] = 0;
      isTouched[touched[a] as number] = 0;
    }
  }
  const factor = groups > 1 ? groups / (groups - 1) : 1;
  return meat.map((value) => value * factor);
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
