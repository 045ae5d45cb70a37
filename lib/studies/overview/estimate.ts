import { countArmPairs } from '../arm-pairs.ts';
import type { StudySpec } from '../schema.ts';

export type EstimateInput = {
  /** Pairs of arms that are compared. */
  readonly armPairs: number;
  readonly prompts: number;
  readonly questions: number;
} & Pick<StudySpec, 'votesPerCell' | 'questionMode' | 'maxPairsPerRater' | 'session' | 'shares'>;

export interface Estimate {
  /** Pairs of arms. */
  armPairs: number;
  /** Pairs of arms x prompts. */
  comparisons: number;
  /** Comparisons x questions. */
  cells: number;
  votes: number;
  /** Times that a pair is shown and answered, checks included. */
  pairsShown: number;
  /** Different people that one comparison needs, since nobody gets the same comparison twice. */
  ratersPerComparison: number;
  /** Different people that the study needs at least. */
  minRaters: number;
  /** Full sessions of the study's length. */
  sessions: number;
  minutesPerSession: number;
  /** All raters' time together. */
  totalMinutes: number;
}

/**
 * What a study will cost. Exact up to rounding when every vote counts; undone, reported and surplus
 * pairs come on top.
 *
 * The fewest raters: with cap c (and never more than all comparisons for one person) R raters answer
 * at most R c pairs, and each comparison needs r different people; both bounds together suffice,
 * since dealing the pairs out in turn reaches them.
 */
export function estimateStudy(study: EstimateInput): Estimate {
  const { armPairs } = study;
  const comparisons = armPairs * study.prompts;
  const cells = comparisons * study.questions;
  // Asked one at a time, each question of a comparison needs people of its own.
  const ratersPerComparison =
    study.votesPerCell * (study.questionMode === 'one' ? study.questions : 1);
  const regularPairs = comparisons * ratersPerComparison;
  const checkShare = study.shares.gold + study.shares.same + study.shares.repeat;
  const pairsShown = Math.ceil(regularPairs / (1 - checkShare));
  const sessions = Math.ceil(pairsShown / study.session.pairs);
  const cap = study.maxPairsPerRater ?? Number.POSITIVE_INFINITY;
  // Checks use up a rater's cap as well.
  const regularPerRater = Math.max(1, Math.floor(Math.min(comparisons, cap * (1 - checkShare))));
  return {
    armPairs,
    comparisons,
    cells,
    votes: cells * study.votesPerCell,
    pairsShown,
    ratersPerComparison,
    minRaters:
      comparisons === 0
        ? 0
        : Math.max(ratersPerComparison, Math.ceil(regularPairs / regularPerRater)),
    sessions,
    minutesPerSession: study.session.minutes,
    totalMinutes: Math.ceil((pairsShown / study.session.pairs) * study.session.minutes),
  };
}

/** The estimate of a whole spec. */
export function estimateSpec(spec: StudySpec): Estimate {
  return estimateStudy({
    ...spec,
    armPairs: countArmPairs(spec),
    prompts: spec.prompts.length,
    questions: spec.questions.length,
  });
}
