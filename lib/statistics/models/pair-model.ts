/**
 * A model of one vote between two arms, as a function of u, the difference of their natural-log
 * strengths, and of t, the natural log of its tie parameter (where it has one).
 */
export interface PairModel {
  readonly name: string;
  readonly hasTieParameter: boolean;
  /** Whether a tie counts as evidence that bounds the difference from both sides. */
  readonly tiesConnect: boolean;
  /** Where the search for t starts, from the numbers of ties and of decided votes, none zero. */
  startTie(tied: number, decided: number): number;
  /** Fills `terms` for a pair with these counts. */
  evaluate(u: number, t: number, pair: PairOutcomes, terms: PairTerms): void;
}

export interface PairOutcomes {
  firstWins: number;
  secondWins: number;
  ties: number;
}

/**
 * What one pair adds to a fit: log-likelihood and negative second derivatives summed over its votes,
 * and the score (first derivatives by u and by t) of one vote of each outcome.
 */
export interface PairTerms {
  logLikelihood: number;
  uu: number;
  ut: number;
  tt: number;
  firstU: number;
  secondU: number;
  tieU: number;
  firstT: number;
  secondT: number;
  tieT: number;
}

export const newPairTerms = (): PairTerms => ({
  logLikelihood: 0,
  uu: 0,
  ut: 0,
  tt: 0,
  firstU: 0,
  secondU: 0,
  tieU: 0,
  firstT: 0,
  secondT: 0,
  tieT: 0,
});

/** log(1 + e^x) without overflow. */
export function log1pExp(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}
