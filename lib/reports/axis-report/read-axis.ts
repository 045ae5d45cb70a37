import type { Platform } from '#lib/platform/platform.ts';
import { newestSeq } from '#lib/studies/votes/ranked-votes.ts';
import { readAnalysis } from '../analysis/read-analysis.ts';
import { viewAdvice } from '../decisions/advice-words.ts';
import { readAdvice } from '../decisions/read-advice.ts';
import { referenceArm } from '../place-arms.ts';
import type { ReadableStudy } from '../read-study.ts';
import type { RankingMethod } from '../schema.ts';
import { defaultMethod, readSnapshots } from '../snapshots/read-snapshots.ts';
import { studyHead } from '../study-head.ts';
import { axisCurveData } from './axis-curve-data.ts';
import type { AxisReport } from './schema.ts';

/**
 * What one study says along its axis: of a snapshot, or of the newest one.
 *
 * @throws AppError NOT_FOUND for a snapshot that is not this study's.
 */
export async function readAxis(
  platform: Pick<Platform, 'database'>,
  study: ReadableStudy,
  input: { readonly method?: RankingMethod | undefined; readonly snapshot?: number | undefined },
): Promise<AxisReport> {
  const { spec } = study;
  const isTwoArms = spec.arms.length === 2;
  const method = input.method ?? defaultMethod(study);
  const [{ snapshots, breakdown, head, watermark }, newest] = await Promise.all([
    readSnapshots(platform, study, method, input.snapshot),
    newestSeq(platform.database, study.id),
  ]);
  const [advice, analysis] = await Promise.all([
    head ? readAdvice(platform, study, head.id) : null,
    head && (isTwoArms || spec.axis?.kind === 'training-step')
      ? readAnalysis(platform, head.id)
      : null,
  ]);
  const steps = (analysis?.parts ?? []).map(({ question, wording, steps: own }) => ({
    question,
    wording,
    steps: own,
  }));
  return {
    study: studyHead(study),
    method,
    reference: referenceArm(spec),
    isTwoArms,
    snapshot: head,
    breakdown,
    curves: snapshots.flatMap((snapshot) => {
      const part = analysis?.parts.find(({ question }) => question === snapshot.question);
      return axisCurveData(spec, snapshot, part?.headToHead) ?? [];
    }),
    steps,
    advice: advice && viewAdvice(spec, spec.decision, advice.advice),
    warnings: distinct(snapshots.flatMap(({ warnings }) => warnings)),
    isStale: head?.isNewest !== false && newest > watermark,
  };
}

function distinct(warnings: AxisReport['warnings']): AxisReport['warnings'] {
  return [...new Map(warnings.map((warning) => [warning.code, warning])).values()];
}
