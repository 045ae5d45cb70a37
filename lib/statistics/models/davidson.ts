import type { PairCounts } from '../votes/pair-counts.ts';
import type { PairModel } from './pair-model.ts';

/**
 * Davidson 1970 (JASA 65:317): with strengths pi = e^theta, P(tie) is proportional to
 * nu sqrt(pi_i pi_j) and P(i wins) to pi_i; t = log nu. A conditional logit, so its log-likelihood
 * is concave. Without ties it is Bradley-Terry (nu = 0).
 */
export const davidson: PairModel = {
  name: 'davidson',
  hasTieParameter: true,
  tiesConnect: true,
  evaluate(u, t, pair, terms) {
    // Weights e^(u/2), e^(-u/2), e^t, scaled by the largest.
    const top = Math.max(Math.abs(u) / 2, t);
    const a = Math.exp(u / 2 - top);
    const b = Math.exp(-u / 2 - top);
    const c = Math.exp(t - top);
    const sum = a + b + c;
    const first = a / sum;
    const second = b / sum;
    const tie = c / sum;
    const n = pair.firstWins + pair.secondWins + pair.ties;
    terms.logLikelihood =
      (pair.firstWins - pair.secondWins) * (u / 2) + pair.ties * t - n * (top + Math.log(sum));
    const lean = (first - second) / 2;
    terms.uu = n * ((first + second) / 4 - lean * lean);
    terms.ut = -n * lean * tie;
    terms.tt = n * tie * (1 - tie);
    terms.firstU = 0.5 - lean;
    terms.secondU = -0.5 - lean;
    terms.tieU = -lean;
    terms.firstT = -tie;
    terms.secondT = -tie;
    terms.tieT = 1 - tie;
  },
};

/**
 * Whether likelihood keeps rising as nu and the differences grow together, so that no finite
 * estimate exists, although every arm is connected: the case where some arm wins or ties but never
 * loses. True where the differences d can be set so that every win spans 2 or more and every tie 2
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
