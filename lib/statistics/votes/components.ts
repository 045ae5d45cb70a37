import type { PairCounts } from './pair-counts.ts';

/**
 * The graph of who met and who beat whom. A label is the number of the component, counted from 0 in
 * the order of its first arm. `weak`: arms that met, directly or through others. `strong`: arms that
 * can be reached from each other by going from loser to winner.
 */
export interface Components {
  readonly weak: Int32Array;
  readonly weakCount: number;
  readonly strong: Int32Array;
  readonly strongCount: number;
}

/**
 * Weak and strong components. A tie leads both ways when `tiesConnect`: under half-tie
 * Bradley-Terry and under Davidson a tie bounds the difference of the two arms from both sides.
 * The maximum likelihood estimate of Bradley-Terry exists exactly where there is one strong
 * component (Ford 1957; Zermelo 1929).
 */
export function components(counts: PairCounts, tiesConnect: boolean): Components {
  const { size, first, second } = counts;
  const forward: number[][] = Array.from({ length: size }, () => []);
  const backward: number[][] = Array.from({ length: size }, () => []);
  const both: number[][] = Array.from({ length: size }, () => []);
  const link = (loser: number, winner: number) => {
    forward[loser]?.push(winner);
    backward[winner]?.push(loser);
  };
  for (let p = 0; p < first.length; p++) {
    const i = first[p] as number;
    const j = second[p] as number;
    const tied = tiesConnect && (counts.ties[p] as number) > 0;
    const firstWon = (counts.firstWins[p] as number) > 0;
    const secondWon = (counts.secondWins[p] as number) > 0;
    if (firstWon || tied) link(j, i);
    if (secondWon || tied) link(i, j);
    if (firstWon || secondWon || tied) {
      both[i]?.push(j);
      both[j]?.push(i);
    }
  }
  const weak = new Int32Array(size).fill(-1);
  let weakCount = 0;
  for (let i = 0; i < size; i++) {
    if (weak[i] === -1) flood(both, i, (arm) => weak[arm] === -1, weak, weakCount++);
  }
  const strong = new Int32Array(size).fill(-1);
  let strongCount = 0;
  for (let i = 0; i < size; i++) {
    if (strong[i] !== -1) continue;
    // An arm's strong component: what it reaches and what reaches it. At most a component an arm,
    // so quadratic at worst, and far from it on real votes.
    const reached = new Int32Array(size).fill(-1);
    flood(forward, i, (arm) => reached[arm] === -1 && strong[arm] === -1, reached, 0);
    flood(backward, i, (arm) => reached[arm] === 0 && strong[arm] === -1, strong, strongCount++);
  }
  return { weak, weakCount, strong, strongCount };
}

/** Marks `start` and all that its links lead to and `isOpen` lets in. */
function flood(
  links: readonly (readonly number[])[],
  start: number,
  isOpen: (arm: number) => boolean,
  labels: Int32Array,
  label: number,
): void {
  const waiting = [start];
  labels[start] = label;
  for (let arm = waiting.pop(); arm !== undefined; arm = waiting.pop()) {
    for (const next of links[arm] ?? []) {
      if (!isOpen(next)) continue;
      labels[next] = label;
      waiting.push(next);
    }
  }
}
