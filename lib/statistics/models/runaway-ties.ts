import type { PairCounts } from '../votes/pair-counts.ts';

/**
 * Whether the likelihood of a model with ties keeps rising as its tie parameter and the differences
 * grow together, so that no finite estimate exists, although every arm is connected: the case where some
 * arm wins or ties but never loses. The same for Davidson and for Rao and Kupper. True where the differences d can be set so that every win spans 2 or more and every tie 2
 * or less; a system of difference constraints, feasible exactly where its graph has no negative
 * cycle (Bellman-Ford).
 */
export function hasRunawayTies(counts: PairCounts): boolean {
  const { size, first, second } = counts;
  const from: number[] = [];
  const to: number[] = [];
  const weight: number[] = [];
  // d_to <= d_from + weight
  const constrain = (a: number, b: number, w: number) => {
    from.push(a);
    to.push(b);
    weight.push(w);
  };
  for (let p = 0; p < first.length; p++) {
    const i = first[p] as number;
    const j = second[p] as number;
    if ((counts.firstWins[p] as number) > 0) constrain(i, j, -2);
    if ((counts.secondWins[p] as number) > 0) constrain(j, i, -2);
    if ((counts.ties[p] as number) > 0) {
      constrain(i, j, 2);
      constrain(j, i, 2);
    }
  }
  const d = new Float64Array(size);
  for (let round = 0; round < size; round++) {
    let moved = false;
    for (let e = 0; e < from.length; e++) {
      const bound = (d[from[e] as number] as number) + (weight[e] as number);
      if (bound < (d[to[e] as number] as number)) {
        d[to[e] as number] = bound;
        moved = true;
      }
    }
    if (!moved) return true;
  }
  return false;
}
