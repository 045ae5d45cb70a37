import type { Matrix } from '../numeric/matrix.ts';
import type { Clusters } from './clusters.ts';
import type { ScoredVotes } from './covariance.ts';
import type { VoteCodes } from './vote-codes.ts';

/**
 * The sandwich meat with votes summed by cluster first (Liang and Zeger 1986), times G / (G - 1).
 * Several questions are stacked, so that what a cluster says on both is counted as one thing.
 * Sorts the votes by cluster (by counting) and goes through them once.
 *
 * @returns a square matrix over the parameters of all layers, in order.
 */
export function clusterMeat(
  layers: readonly ScoredVotes[],
  codes: VoteCodes,
  clusters: Clusters,
): Matrix {
  const { first, second, tie, byU, byT, n } = scoresByCode(layers, codes.count);
  const { sorted, weight, starts } = sortByCluster(codes, clusters);
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
    for (let s = from; s < to; s++) {
      const code = sorted[s] as number;
      const i = first[code] as number;
      const j = second[code] as number;
      const t = tie[code] as number;
      const times = weight ? (weight[s] as number) : 1;
      const u = times * (byU[code] as number);
      sum[i] = (sum[i] as number) + u;
      sum[j] = (sum[j] as number) - u;
      if (isTouched[i] === 0) {
        isTouched[i] = 1;
        touched[count++] = i;
      }
      if (isTouched[j] === 0) {
        isTouched[j] = 1;
        touched[count++] = j;
      }
      if (t < 0) continue;
      sum[t] = (sum[t] as number) + times * (byT[code] as number);
      if (isTouched[t] === 0) {
        isTouched[t] = 1;
        touched[count++] = t;
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

/** Which parameters a vote of each code moves, and by how much; `tie` is -1 where there is none. */
function scoresByCode(layers: readonly ScoredVotes[], count: number) {
  const first = new Int32Array(count);
  const second = new Int32Array(count);
  const tie = new Int32Array(count).fill(-1);
  const byU = new Float64Array(count);
  const byT = new Float64Array(count);
  let n = 0;
  let at = 0;
  for (const { counts, fit } of layers) {
    for (let c = 0; c < counts.first.length * 3; c++, at++) {
      const pair = Math.floor(c / 3);
      first[at] = n + (counts.first[pair] as number);
      second[at] = n + (counts.second[pair] as number);
      if (fit.parameters > counts.size) tie[at] = n + counts.size;
      byU[at] = fit.scores[c * 2] as number;
      byT[at] = fit.scores[c * 2 + 1] as number;
    }
    n += fit.parameters;
  }
  return { first, second, tie, byU, byT, n };
}

/** The codes and weights of the votes, cluster by cluster; those of c are `starts[c]` and on. */
function sortByCluster({ ids, weight }: VoteCodes, clusters: Clusters) {
  const starts = new Int32Array(clusters.count + 1);
  for (const own of clusters.ids) {
    for (let v = 0; v < own.length; v++) {
      const next = (own[v] as number) + 1;
      starts[next] = (starts[next] as number) + 1;
    }
  }
  for (let c = 0; c < clusters.count; c++) {
    starts[c + 1] = (starts[c + 1] as number) + (starts[c] as number);
  }
  const next = starts.slice();
  const sorted = new Int32Array(ids.length);
  const sortedWeight = weight ? new Float64Array(ids.length) : null;
  let at = 0;
  for (const own of clusters.ids) {
    for (let v = 0; v < own.length; v++, at++) {
      const cluster = own[v] as number;
      const slot = next[cluster] as number;
      next[cluster] = slot + 1;
      sorted[slot] = ids[at] as number;
      if (sortedWeight && weight) sortedWeight[slot] = weight[at] as number;
    }
  }
  return { sorted, weight: sortedWeight, starts };
}
