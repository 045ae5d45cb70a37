import { log1pExp, type PairModel } from './pair-model.ts';

/**
 * Bradley and Terry 1952: P(first wins) = 1 / (1 + e^-u). Ties either count as half a win for each
 * side, which keeps the point estimate near but shrinks the scale where ties are common, or are
 * dropped.
 */
export function bradleyTerry(ties: 'half' | 'drop'): PairModel {
  const isHalf = ties === 'half';
  return {
    name: 'bradley-terry',
    hasTieParameter: false,
    tiesConnect: isHalf,
    startTie: () => 0,
    evaluate(u, _t, pair, terms) {
      const p = 1 / (1 + Math.exp(-u));
      const q = 1 / (1 + Math.exp(u));
      const tied = isHalf ? pair.ties : 0;
      const n = pair.firstWins + pair.secondWins + tied;
      terms.logLikelihood =
        -(pair.firstWins + tied / 2) * log1pExp(-u) - (pair.secondWins + tied / 2) * log1pExp(u);
      terms.uu = n * p * q;
      terms.firstU = q;
      terms.secondU = -p;
      terms.tieU = isHalf ? (q - p) / 2 : 0;
    },
  };
}
