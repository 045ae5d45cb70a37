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
  // P(tie) of equal arms is nu / (2 + nu).
  startTie: (tied, decided) => Math.log((2 * tied) / decided),
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
