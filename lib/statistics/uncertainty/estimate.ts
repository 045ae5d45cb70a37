import { bradleyTerry } from '../models/bradley-terry.ts';
import { davidson, hasRunawayTies } from '../models/davidson.ts';
import { fitPairs, type PairFit } from '../models/fit.ts';
import type { PairModel } from '../models/pair-model.ts';
import type { Matrix } from '../numeric/matrix.ts';
import type { Intervals, RankWarning } from '../ranking/ranking.ts';
import { components } from '../votes/components.ts';
import { type PairCounts, total } from '../votes/pair-counts.ts';
import type { VoteColumns } from '../votes/vote-columns.ts';
import type { ScoredVotes } from './covariance.ts';
import { stackedCovariance, type Warn } from './stacked-covariance.ts';

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

export interface EstimateSettings {
  readonly method: 'bradley-terry' | 'davidson';
  readonly ties: 'half' | 'drop';
  readonly intervals: Intervals | undefined;
  readonly ridge: number | undefined;
}

/** The penalty that stands in where no finite estimate exists. */
const FALLBACK_RIDGE = 1;

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
  const fits = questions.map(({ counts }) => fitQuestion(counts, settings, warn));
  const layers: ScoredVotes[] = questions.map((question, q) => ({
    ...question,
    fit: (fits[q] as Fitted).fit,
  }));
  const isIdentified = fits.every((fitted) => fitted.isIdentified);
  const wished = settings.intervals ?? (isIdentified ? chooseIntervals(questions) : 'model');
  const k = questions[0]?.counts.size ?? 0;
  let { vcov, intervals, df } = stackedCovariance(layers, wished, warn);
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

interface Fitted {
  readonly fit: PairFit;
  readonly isIdentified: boolean;
  readonly tieParameter: number | null;
}

function fitQuestion(counts: PairCounts, settings: EstimateSettings, warn: Warn): Fitted {
  const decided = total(counts.firstWins) + total(counts.secondWins);
  const tied = total(counts.ties);
  const isDavidson = settings.method === 'davidson';
  let model: PairModel = isDavidson ? davidson : bradleyTerry(settings.ties);
  if (isDavidson && (tied === 0 || decided === 0)) {
    model = bradleyTerry('half');
    if (tied > 0) {
      warn(
        'only-ties',
        'Every vote is a tie: the tie parameter has no finite estimate, so ties count as half a win for each side.',
      );
    }
  }
  const { strongCount } = components(counts, model.tiesConnect);
  const isIdentified = strongCount <= 1 && !(model === davidson && hasRunawayTies(counts));
  let ridge = settings.ridge ?? 0;
  if (!isIdentified && !(ridge > 0)) {
    ridge = FALLBACK_RIDGE;
    warn(
      'ridge',
      `No finite estimate exists (some arms never lost, never won or never met the others), so a penalty of ${FALLBACK_RIDGE}/2 times the sum of theta squared was added: strengths are drawn towards the middle.`,
    );
  }
  const fit = fitPairs(counts, model, ridge);
  const tieParameter =
    fit.logTie !== null ? Math.exp(fit.logTie) : isDavidson && tied === 0 ? 0 : null;
  return { fit, isIdentified, tieParameter };
}

function chooseIntervals(questions: readonly { readonly votes: VoteColumns }[]): Intervals {
  const raters = new Set(questions.flatMap(({ votes }) => votes.raters)).size;
  const prompts = new Set(questions.flatMap(({ votes }) => votes.prompts)).size;
  if (raters > 1 && prompts > 1) return 'two-way';
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
