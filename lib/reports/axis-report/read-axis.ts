import type { Platform } from '#lib/platform/platform.ts';
import { runInThread, threadTask } from '#lib/platform/threads/threads.ts';
import { newestSeq } from '#lib/studies/votes/ranked-votes.ts';
import { readAnalysis } from '../analysis/read-analysis.ts';
import type { Analysis } from '../analysis/schema.ts';
import { viewAdvice } from '../decisions/advice-words.ts';
import { readAdvice } from '../decisions/read-advice.ts';
import { keepResults } from '../keep-results.ts';
import { referenceArm } from '../place-arms.ts';
import type { ReadableStudy } from '../read-study.ts';
import type { RankingMethod, Snapshot } from '../schema.ts';
import { defaultMethod, readSnapshots } from '../snapshots/read-snapshots.ts';
import { studyHead } from '../study-head.ts';
import type { run } from './curve-thread.ts';
import type { AxisCurve, AxisReport } from './schema.ts';

const curveTask = threadTask<typeof run>('lib/reports/axis-report/curve-thread.ts', 120);
const keepCurves = keepResults<AxisCurve[]>();

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
    curves: head ? await readCurves(platform, study, head.id, snapshots, analysis) : [],
    steps,
    advice: advice && viewAdvice(spec, spec.decision, advice.advice),
    warnings: distinct(snapshots.flatMap(({ warnings }) => warnings)),
    isStale: head?.isNewest !== false && newest > watermark,
  };
}

/** The curves of a snapshot by one method. Their joint intervals take a simulation: not in this thread. */
function readCurves(
  { database }: Pick<Platform, 'database'>,
  { spec: { axis, arms, questions } }: Pick<ReadableStudy, 'spec'>,
  id: number,
  rankings: readonly Snapshot[],
  analysis: Analysis | null,
): Promise<AxisCurve[]> {
  if (axis === null || axis.kind === 'training-step') return Promise.resolve([]);
  return keepCurves(database, `${id} ${rankings[0]?.method}`, () =>
    runInThread(curveTask, {
      spec: { axis, arms, questions },
      rankings: rankings.map((ranking) => {
        const part = analysis?.parts.find(({ question }) => question === ranking.question);
        return { ranking, headToHead: part?.headToHead ?? null };
      }),
    }),
  );
}

function distinct(warnings: AxisReport['warnings']): AxisReport['warnings'] {
  return [...new Map(warnings.map((warning) => [warning.code, warning])).values()];
}
