import {
  type AdviceRule,
  adviseThreshold,
  type RatedQuestion,
} from '#lib/statistics/axis/advice.ts';
import { ELO_PER_THETA } from '#lib/statistics/ranking/elo-scale.ts';
import type { DecisionRule, StudySpec } from '#lib/studies/schema.ts';
import type { RankingMethod, RankingResult } from '../schema.ts';
import type { Advice } from './schema.ts';

/** One ranking of a snapshot: of a question by its position, or of the mean of all (null). */
export interface RankedChoice {
  readonly question: number | null;
  readonly votes: number;
  readonly result: Pick<RankingResult, 'arms' | 'vcov' | 'degreesOfFreedom'>;
}

/** The method whose rankings decide: the one that a report opens with, whichever one is looked at. */
export function decidingMethod(spec: Pick<StudySpec, 'allowTies'>): RankingMethod {
  return spec.allowTies ? 'davidson' : 'bradley-terry';
}

/**
 * The levels of the arms that stand on a study's axis, by name: controls and replicas do not, nor do
 * arms without a level. Empty without an axis, and for training steps, which nobody filters by.
 */
export function levelsToDecide(
  spec: Pick<StudySpec, 'axis' | 'arms'>,
): ReadonlyMap<string, number> {
  if (spec.axis === null || spec.axis.kind === 'training-step') return new Map();
  return new Map(
    spec.arms.flatMap(({ name, level, isControl, replicaOf }) =>
      level === null || isControl || replicaOf !== null ? [] : [[name, level] as const],
    ),
  );
}

/**
 * The captioners of a study whose shares in the training set can be decided; none of a study of videos,
 * nor where the captioners stand on an axis.
 */
export function captionersToMix(spec: Pick<StudySpec, 'kind' | 'axis' | 'arms'>): string[] {
  if (spec.kind !== 'caption' || levelsToDecide(spec).size > 0) return [];
  return spec.arms
    .filter(({ isControl, replicaOf }) => !isControl && replicaOf === null)
    .map(({ name }) => name);
}

/** What the rule needs of a study. */
export type AdvisedSpec = Pick<StudySpec, 'axis' | 'arms' | 'questions' | 'decision'>;

/**
 * What a study's rule recommends on the rankings of one snapshot. Pure: the same rankings and seed
 * give the same advice.
 *
 * @param rankings of `decidingMethod`, in any order.
 * @returns differences in Elo points; null for a study without levels to decide between.
 */
export function recommend(
  spec: AdvisedSpec,
  rankings: readonly RankedChoice[],
  seed: number,
): Advice | null {
  const levels = levelsToDecide(spec);
  if (levels.size === 0) return null;
  const rated = (question: number | null): RatedQuestion | null => {
    const found = rankings.find((ranking) => ranking.question === question);
    return found ? { strengths: found.result, votes: found.votes } : null;
  };
  const advice = adviseThreshold({
    questions: spec.questions.map((_, position) => rated(position) ?? NOTHING),
    mean: rated(null),
    levels,
    rule: ruleOf(spec),
    seed,
  });
  const elo = (theta: number | null) => (theta === null ? null : theta * ELO_PER_THETA);
  const inElo = <T extends { difference: number | null; low: number | null; high: number | null }>(
    value: T,
  ): T => ({
    ...value,
    difference: elo(value.difference),
    low: elo(value.low),
    high: elo(value.high),
  });
  return {
    ...advice,
    reason: inElo({ ...advice.reason }),
    perArm: advice.perArm.map((arm) => inElo({ ...arm })),
  };
}

const NOTHING: RatedQuestion = {
  strengths: { arms: [], vcov: null, degreesOfFreedom: null },
  votes: 0,
};

function ruleOf({
  decision,
  questions,
}: {
  readonly decision: DecisionRule;
  readonly questions: readonly { readonly key: string }[];
}): AdviceRule {
  const place = questions.findIndex(({ key }) => key === decision.question);
  return {
    kind: decision.prefer,
    marginElo: decision.marginElo,
    question: place < 0 ? 'mean' : place,
  };
}
