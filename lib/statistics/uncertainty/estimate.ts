import { type Fitted, fitQuestion, type ModelChoice } from '../models/fit-question.ts';
import type { Matrix } from '../numeric/matrix.ts';
import type { Intervals, RankWarning } from '../ranking/ranking.ts';
import { type PairCounts, weightPairs } from '../votes/pair-counts.ts';
import type { VoteColumns } from '../votes/vote-columns.ts';
import { bootstrapCovariance } from './bootstrap.ts';
import type { ScoredVotes } from './covariance.ts';
import { ENOUGH_CLUSTERS, stackedCovariance } from './stacked-covariance.ts';

/** Strengths of arms from one question, or as the mean of several, with their covariance. */
export interface Estimate {
  readonly theta: Float64Array;
  readonly vcov: Matrix;
  readonly intervals: Intervals;
  readonly df: number;
  readonly ridge: number;
  readonly tieParameter: number | null;
  readonly isIdentified: boolean;
  readonly warnings: readonly RankWarning[];
}

export interface EstimateSettings extends ModelChoice {
  readonly intervals: Intervals | undefined;
  /** Of the bootstrap; default 0 and 1,000. */
  readonly seed?: number | string;
  readonly replicates?: number;
}

/**
 * Fits each question by itself and averages the strengths. Their covariance comes from the scores of
 * all questions stacked by cluster, because questions share raters and prompts: a question asked
 * twice gives the error of one, not that over the square root of two. The intervals `hc0` and
 * `model` take questions as independent.
 *
 * @param questions votes over one common list of arms, in the same order.
 */
export function estimateStrengths(
  questions: readonly { readonly votes: VoteColumns; readonly counts: PairCounts }[],
  settings: EstimateSettings,
): Estimate {
  const warnings = new Map<string, RankWarning>();
  const warn = (code: string, message: string) => warnings.set(code, { code, message });
  const { seed = 0, replicates = 1000 } = settings;
  const weighted = questions.map(({ votes, counts }) => weightPairs(votes, counts));
  if (questions.some(({ votes }) => votes.weight)) {
    warn(
      'weighted',
      'Votes are weighted by one over the chance that their pair was chosen; wins, losses and ties are plain counts.',
    );
  }
  const fits = weighted.map(({ counts }) => fitQuestion(counts, settings, warn));
  const layers: ScoredVotes[] = weighted.map((question, q) => ({
    ...question,
    fit: (fits[q] as Fitted).fit,
  }));
  const isIdentified = fits.every((fitted) => fitted.isIdentified);
  const wished = settings.intervals ?? (isIdentified ? chooseIntervals(questions) : 'model');
  const k = questions[0]?.counts.size ?? 0;
  let { vcov, intervals, df }: Pick<Estimate, 'vcov' | 'intervals' | 'df'> =
    wished === 'bootstrap'
      ? {
          ...bootstrapCovariance(layers, fits, settings, { seed, replicates }, warn),
          intervals: wished,
        }
      : stackedCovariance(layers, wished, warn);
  const model = intervals === 'model' ? vcov : stackedCovariance(layers, 'model', warn).vcov;
  if (hasVanished(vcov, model, k)) {
    warn(
      'no-residuals',
      'The votes leave no residuals to take an error from, so the intervals are those of the model.',
    );
    ({ vcov, intervals, df } = { vcov: model, intervals: 'model', df: Infinity });
  }
  const theta = new Float64Array(k);
  for (const { fit } of fits) {
    for (let i = 0; i < k; i++) {
      theta[i] = (theta[i] as number) + (fit.theta[i] as number) / fits.length;
    }
  }
  const only = fits.length === 1 ? fits[0] : undefined;
  return {
    theta,
    vcov,
    intervals,
    df,
    ridge: fits.reduce((most, { fit }) => Math.max(most, fit.ridge), 0),
    tieParameter: only?.tieParameter ?? null,
    isIdentified,
    warnings: [...warnings.values()],
  };
}

function chooseIntervals(questions: readonly { readonly votes: VoteColumns }[]): Intervals {
  const raters = new Set(questions.flatMap(({ votes }) => votes.raters)).size;
  const prompts = new Set(questions.flatMap(({ votes }) => votes.prompts)).size;
  if (raters > 1 && prompts > 1) {
    return Math.min(raters, prompts) < ENOUGH_CLUSTERS ? 'bootstrap' : 'two-way';
  }
  if (raters > 1) return 'rater';
  return prompts > 1 ? 'prompt' : 'hc0';
}

/** Whether some arm's variance is nothing beside what the model says: no evidence of no error. */
function hasVanished(vcov: Matrix, model: Matrix, k: number): boolean {
  for (let i = 0; i < k; i++) {
    const own = model[i * k + i] as number;
    if (own > 1e-12 && !((vcov[i * k + i] as number) > 1e-9 * own)) return true;
  }
  return false;
}
