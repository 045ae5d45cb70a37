import { log1pExp, type PairModel } from './pair-model.ts';

/**
 * Rao and Kupper 1967 (JASA 62:194): with strengths pi = e^theta and a threshold eta >= 1,
 * P(i beats j) = pi_i / (pi_i + eta pi_j) and
 * P(tie) = (eta^2 - 1) pi_i pi_j / ((pi_i + eta pi_j)(pi_j + eta pi_i)); t = log eta, above zero.
 * The same as a cumulative logit with thresholds -t and t, so its log-likelihood is concave (Pratt
 * 1981), and log P(tie) keeps Newton's method from t <= 0. Without ties it is Bradley-Terry
 * (eta = 1). A tie counts for both sides: P(tie) = (eta^2 - 1) P(i beats j) P(j beats i).
 */
export const raoKupper: PairModel = {
  name: 'rao-kupper',
  hasTieParameter: true,
  tiesConnect: true,
  // P(tie) of equal arms is tanh(t / 2).
  startTie: (tied, decided) => 2 * Math.atanh(tied / (tied + decided)),
  evaluate(u, t, pair, terms) {
    const first = 1 / (1 + Math.exp(t - u));
    const second = 1 / (1 + Math.exp(t + u));
    const notFirst = 1 / (1 + Math.exp(u - t));
    const notSecond = 1 / (1 + Math.exp(-u - t));
    const gap = -Math.expm1(-2 * t);
    const forFirst = pair.firstWins + pair.ties;
    const forSecond = pair.secondWins + pair.ties;
    terms.logLikelihood =
      -forFirst * log1pExp(t - u) -
      forSecond * log1pExp(t + u) +
      (pair.ties > 0 ? pair.ties * (2 * t + Math.log(gap)) : 0);
    const bendFirst = forFirst * first * notFirst;
    const bendSecond = forSecond * second * notSecond;
    terms.uu = bendFirst + bendSecond;
    terms.ut = bendSecond - bendFirst;
    terms.tt = bendFirst + bendSecond + pair.ties / Math.sinh(t) ** 2;
    terms.firstU = notFirst;
    terms.secondU = -notSecond;
    terms.tieU = notFirst - notSecond;
    terms.firstT = -notFirst;
    terms.secondT = -notSecond;
    terms.tieT = 2 / gap - notFirst - notSecond;
  },
};
