import { inThread } from '#lib/platform/threads/in-thread.ts';
import type { AnalysisPart } from '../analysis/schema.ts';
import { type AxisSpec, axisCurveData } from './axis-curve-data.ts';
import type { AxisRanking } from './axis-points.ts';
import type { AxisCurve } from './schema.ts';

export interface CurveInput {
  readonly spec: AxisSpec;
  /** With the share between two arms, where the study has no more. */
  readonly rankings: readonly {
    readonly ranking: AxisRanking;
    readonly headToHead: AnalysisPart['headToHead'];
  }[];
}

/** The curves of a snapshot: one a ranking; none where the study has no axis to draw over. */
export const run = inThread(({ spec, rankings }: CurveInput): AxisCurve[] =>
  rankings.flatMap(({ ranking, headToHead }) => axisCurveData(spec, ranking, headToHead) ?? []),
);
