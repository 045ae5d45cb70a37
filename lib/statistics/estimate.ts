import { AppError } from '#lib/core/errors.ts';
import { bradleyTerry } from './bradley-terry.ts';
import { clusterVotes } from './clusters.ts';
import { components } from './components.ts';
import { clusterMeat, type ScoredVotes, sandwich, voteMeat } from './covariance.ts';
import { davidson, hasRunawayTies } from './davidson.ts';
import { fitPairs, type PairFit } from './fit.ts';
import { clampEigenvalues, type Matrix } from './matrix.ts';
import { type PairCounts, total } from './pair-counts.ts';
import type { PairModel } from './pair-model.ts';
import type { Intervals, RankWarning } from './ranking.ts';
import type { VoteColumns } from './vote-columns.ts';

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
/** Below this many clusters the sandwich is known to be too small. */
const ENOUGH_CLUSTERS = 15;

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
  let { vcov, intervals, df } = covariance(layers, wished, warn);
  const model = intervals === 'model' ? vcov : covariance(layers, 'model', warn).vcov;
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

type Warn = (code: string, message: string) => void;

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

function covariance(
  layers: readonly ScoredVotes[],
  intervals: Intervals,
  warn: Warn,
): { vcov: Matrix; intervals: Intervals; df: number } {
  const n = layers.reduce((sum, { fit }) => sum + fit.parameters, 0);
  const bread = blocks(
    layers.map(({ fit }) => fit.inverse),
    layers,
    n,
  );
  if (intervals === 'model') {
    return { vcov: meanOfLayers(bread, layers, n), intervals, df: Infinity };
  }
  if (intervals === 'hc0') {
    const meat = blocks(
      layers.map(({ counts, fit }) => voteMeat(counts, fit)),
      layers,
      n,
    );
    return { vcov: meanOfLayers(sandwich(bread, meat, n), layers, n), intervals, df: Infinity };
  }
  const votes = layers.map((layer) => layer.votes);
  const kinds = intervals === 'two-way' ? (['rater', 'prompt'] as const) : [intervals];
  const meat = new Float64Array(n * n);
  let fewest = Infinity;
  for (const kind of kinds) {
    const clusters = clusterVotes(votes, kind);
    if (votes.every((columns) => columns[kind] === null)) {
      throw new AppError(
        'BAD_INPUT',
        `Intervals by ${kind} need votes that name their ${kind}; these do not.`,
        { reason: 'no-clusters', kind },
      );
    }
    if (clusters.count < 2) {
      warn(
        `one-${kind}`,
        `All votes are of one ${kind}, so the intervals take votes as independent and are too narrow.`,
      );
      return covariance(layers, 'hc0', warn);
    }
    if (clusters.count < ENOUGH_CLUSTERS) {
      warn(
        `few-${kind}s`,
        `Only ${clusters.count} ${kind}s: under ${ENOUGH_CLUSTERS} the intervals are too narrow.`,
      );
    }
    fewest = Math.min(fewest, clusters.count);
    addTo(meat, clusterMeat(layers, clusters), 1);
  }
  if (intervals === 'two-way') addTo(meat, clusterMeat(layers, clusterVotes(votes, 'both')), -1);
  const vcov = clampEigenvalues(
    meanOfLayers(sandwich(bread, meat, n), layers, n),
    layers[0]?.counts.size ?? 0,
  );
  return { vcov, intervals, df: fewest - 1 };
}

function addTo(into: Matrix, from: Matrix, sign: 1 | -1): void {
  for (let i = 0; i < into.length; i++) into[i] = (into[i] as number) + sign * (from[i] as number);
}

/** Puts the layers' matrices on the diagonal of one matrix. */
function blocks(parts: readonly Matrix[], layers: readonly ScoredVotes[], n: number): Matrix {
  const whole = new Float64Array(n * n);
  let offset = 0;
  parts.forEach((part, l) => {
    const size = (layers[l] as ScoredVotes).fit.parameters;
    for (let i = 0; i < size; i++) {
      whole.set(part.subarray(i * size, (i + 1) * size), (offset + i) * n + offset);
    }
    offset += size;
  });
  return whole;
}

/** The covariance of the mean of the layers' strengths, from that of all their parameters. */
function meanOfLayers(whole: Matrix, layers: readonly ScoredVotes[], n: number): Matrix {
  const k = layers[0]?.counts.size ?? 0;
  const vcov = new Float64Array(k * k);
  let row = 0;
  for (const { fit } of layers) {
    let column = 0;
    for (const other of layers) {
      for (let i = 0; i < k; i++) {
        for (let j = 0; j < k; j++) {
          const part = (whole[(row + i) * n + column + j] as number) / layers.length ** 2;
          vcov[i * k + j] = (vcov[i * k + j] as number) + part;
        }
      }
      column += other.fit.parameters;
    }
    row += fit.parameters;
  }
  return vcov;
}

/** Whether some arm's variance is nothing beside what the model says: no evidence of no error. */
function hasVanished(vcov: Matrix, model: Matrix, k: number): boolean {
  for (let i = 0; i < k; i++) {
    const own = model[i * k + i] as number;
    if (own > 1e-12 && !((vcov[i * k + i] as number) > 1e-9 * own)) return true;
  }
  return false;
}
