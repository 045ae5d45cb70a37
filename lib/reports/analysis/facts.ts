import type { StudySpec } from '#lib/studies/schema.ts';
import type { RankedArmView, RankingMethod, RankingResult } from '../schema.ts';

/** What an analysis knows of a study beside its votes; plain data, so that it can go to a thread. */
export interface AnalysisFacts {
  readonly studyId: number;
  readonly spec: Pick<StudySpec, 'axis' | 'arms' | 'questions' | 'prompts' | 'allowTies'>;
  /** The prompts' ids, in the order of the spec's; votes name prompts by id. */
  readonly promptIds: readonly number[];
  /** Pairs of arms whose videos are equal on every prompt. */
  readonly sameVideos: readonly (readonly [string, string])[];
  /** Answers to checks that show one arm twice, one a question. */
  readonly sameChecks: readonly SameChecks[];
  readonly scores: readonly ArmScore[];
  readonly scoresFingerprint: string;
}

export interface SameChecks {
  readonly left: number;
  readonly right: number;
  readonly ties: number;
}

/** A score of an arm's video of one prompt. */
export interface ArmScore {
  readonly metric: string;
  readonly arm: string;
  readonly prompt: number;
  readonly value: number;
}

/** The ranking that a part of the analysis stands beside. */
export interface PartRanking extends Pick<RankingResult, 'vcov' | 'degreesOfFreedom' | 'pairs'> {
  readonly method: RankingMethod;
  readonly arms: readonly Omit<RankedArmView, 'winShare' | 'winShareLow' | 'winShareHigh'>[];
}
