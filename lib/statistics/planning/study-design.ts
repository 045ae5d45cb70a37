import { voteInformation } from '../pairing/information-gain.ts';

/** What decides the error of a difference, before there is a vote. Strengths in natural-log units. */
export interface DesignFacts {
  readonly arms: number;
  readonly prompts: number;
  /** The difference in strength of the two arms compared; the others lie in the middle of them. */
  readonly gap: number;
  /** The share of ties between arms of one strength, in [0, 1). */
  readonly tieRate: number;
  /** Standard deviation of what one rater adds to the strength of each arm. */
  readonly raterSd: number;
  /** The same for one prompt. */
  readonly promptSd: number;
  readonly pairsPerRater: number;
}

/** Davidson's nu at which arms of one strength tie with this share: 2 t / (1 - t). */
export const tieParameterOf = (tieRate: number): number => (2 * tieRate) / (1 - tieRate);

/**
 * The variance of the difference of two arms' strengths in a balanced round robin, split by what
 * makes it smaller.
 *
 * Votes: with w the Fisher information of a vote, the graph's Laplacian gives
 * 2 / (2 w_ij + (K - 2) w_ik) over the votes a pair; without ties and near 0 that is 8 / (K votes).
 *
 * Raters and prompts: an effect of standard deviation s on each arm's strength shifts the difference
 * by 2 s^2 / G over G raters or prompts. Every prompt is shown with every pair, so for prompts that
 * is all; the pairs that one rater gets are drawn, which adds 4 s^2 / (K votes). Effects also flatten
 * the curve of votes over strength, which a model fitted to all votes sees, by
 * a = 1 / sqrt(1 + c^2 2 (s_rater^2 + s_prompt^2)), c = 16 sqrt(3) / (15 pi) (Zeger, Liang and Albert
 * 1988); `gap` is what that model sees, so effects count a-fold.
 */
export function varianceParts(facts: DesignFacts): {
  /** To be divided by the votes a pair. */
  readonly byVotes: number;
  /** To be divided by the number of raters. */
  readonly byRaters: number;
  /** To be divided by the number of prompts. */
  readonly byPrompts: number;
} {
  const { arms, gap } = facts;
  const nu = tieParameterOf(facts.tieRate);
  const between = voteInformation(gap, nu);
  const around = voteInformation(gap / 2, nu);
  const flatten = flattening(facts) ** 2;
  return {
    byVotes: 2 / (2 * between + (arms - 2) * around) + (4 * flatten * facts.raterSd ** 2) / arms,
    byRaters: 2 * flatten * facts.raterSd ** 2,
    byPrompts: 2 * flatten * facts.promptSd ** 2,
  };
}

/** By how much effects of raters and prompts shrink strengths fitted to all votes: 1 without any. */
export function flattening({
  raterSd,
  promptSd,
}: Pick<DesignFacts, 'raterSd' | 'promptSd'>): number {
  const c = (16 * Math.sqrt(3)) / (15 * Math.PI);
  return 1 / Math.sqrt(1 + c * c * 2 * (raterSd ** 2 + promptSd ** 2));
}
