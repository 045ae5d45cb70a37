import { axisContrasts, contrastRows } from '#lib/statistics/axis/contrasts.ts';
import { difference } from '#lib/statistics/axis/differences.ts';
import type { StudySpec } from '#lib/studies/schema.ts';
import type { AnalysisPart } from '../analysis/schema.ts';
import { levelsToDecide } from '../decisions/recommend.ts';
import { placeArms, referenceArm } from '../place-arms.ts';
import { axisField } from './axis-field.ts';
import { type AxisRanking, axisPoints } from './axis-points.ts';
import { axisWords } from './axis-words.ts';
import { levelWords } from './level-words.ts';
import type { AxisCurve } from './schema.ts';

export type AxisSpec = Pick<StudySpec, 'axis' | 'arms' | 'questions'>;

/**
 * The curve of one ranking along the study's axis: its points, contrasts, findings in words and what
 * is not resolved. Pure: the same ranking and seed give the same digits.
 *
 * @param headToHead of a study of two arms, the share with its clustered interval; without it the
 *   interval takes every vote as independent.
 */
export function axisCurveData(
  spec: AxisSpec,
  ranking: AxisRanking,
  headToHead: AnalysisPart['headToHead'] = null,
): AxisCurve | null {
  const { axis } = spec;
  if (axis === null || axis.kind === 'training-step') return null;
  const levels = levelsToDecide(spec);
  const isTwoArms = spec.arms.length === 2;
  const arms = placeArms(spec);
  const field = axisField(ranking, [...levels.keys()], ranking.votes, { seed: ranking.seed });
  const points = axisPoints(ranking, {
    arms,
    reference: referenceArm(spec),
    isFraction: axis.kind === 'removed-fraction',
    isTwoArms,
    headToHead,
    field,
  });
  const contrasts = contrastRows(axisContrasts(ranking, levels)).map((row) => ({ ...row }));
  const { question } = ranking;
  const asked = question === null ? undefined : spec.questions[question];
  return {
    question,
    key: asked?.key ?? null,
    wording: asked?.wording.en ?? 'Mean of all questions',
    votes: ranking.votes,
    points,
    contrasts,
    words: axisWords({
      ...{ points, contrasts, isTwoArms },
      unresolved: field.unresolved,
      levels: levelWords(axis, levels),
      compare: (a, b) => difference(ranking, a, b),
      originalOf: new Map(
        arms.flatMap(({ name, replicaOf }) => (replicaOf === null ? [] : [[name, replicaOf]])),
      ),
    }),
    unresolved: [...field.unresolved],
    warnings: ranking.warnings,
  };
}
