import type { ScoredVotes } from './covariance.ts';

/** Pair and outcome of every vote of all layers, as numbers. */
export interface VoteCodes {
  /** `offset of the layer + 3 pair + outcome`: first wins, second wins, tie. */
  readonly ids: Int32Array;
  /** Null where no vote has a weight. */
  readonly weight: Float64Array | null;
  /** Where the codes of each layer begin, and how many there are in all. */
  readonly offsets: readonly number[];
  readonly count: number;
}

/** Puts the votes of all layers one after another as codes. */
export function codeVotes(layers: readonly ScoredVotes[]): VoteCodes {
  const votes = layers.reduce((sum, layer) => sum + layer.votes.left.length, 0);
  const ids = new Int32Array(votes);
  const isWeighted = layers.some((layer) => layer.votes.weight);
  const weight = isWeighted ? new Float64Array(votes).fill(1) : null;
  const offsets: number[] = [];
  let count = 0;
  let at = 0;
  for (const { votes: own, counts } of layers) {
    offsets.push(count);
    const { left, right, outcome } = own;
    const { pairOf, size } = counts;
    if (weight && own.weight) weight.set(own.weight, at);
    for (let v = 0; v < left.length; v++) {
      const l = left[v] as number;
      const r = right[v] as number;
      const how = outcome[v] as number;
      const pair = pairOf[l * size + r] as number;
      ids[at++] = count + pair * 3 + (how === 2 || l < r ? how : 1 - how);
    }
    count += counts.first.length * 3;
  }
  return { ids, weight, offsets, count };
}
