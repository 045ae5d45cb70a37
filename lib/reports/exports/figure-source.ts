import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { StudyAddress } from '#lib/studies/find-study.ts';
import { getAnalysis } from '../analysis/get-analysis.ts';
import { getAxisReport } from '../axis-report/get-axis-report.ts';
import type { FigureSource } from '../figures/draw-figure.ts';
import type { FigureName, RankingMethod } from '../schema.ts';
import { getReport } from '../study-report/get-report.ts';

export interface FigureRequest extends StudyAddress {
  readonly figure: FigureName;
  readonly method?: RankingMethod | undefined;
  readonly snapshot?: number | undefined;
  /** Of the figure `metric`: which one; the first when left out. */
  readonly metric?: string | undefined;
}

/** The report that a figure of a study is drawn from, and what its file is named after. */
export interface ReadFigure {
  readonly source: FigureSource;
  readonly slug: string;
  readonly revision: number;
  /** None where the figure is of the votes themselves. */
  readonly method: RankingMethod | null;
}

/**
 * Reads what a figure of a study needs.
 *
 * @throws AppError BAD_INPUT where the study's axis, or the lack of one, leaves nothing to draw.
 */
export async function readFigure(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  request: FigureRequest,
): Promise<ReadFigure> {
  const { figure } = request;
  if (figure === 'differences' || figure === 'steps') {
    const axis = await getAxisReport(platform, actor, request);
    const { study, isTwoArms, method } = axis;
    refuseWithoutAxis(study, figure, isTwoArms);
    return { source: { figure, axis }, slug: study.slug, revision: study.revision, method };
  }
  if (figure === 'prompts' || figure === 'sensitivity' || figure === 'metric') {
    const analysis = await getAnalysis(platform, actor, request);
    const { slug, revision, title } = analysis.study;
    if (figure === 'sensitivity' && analysis.parts.some(({ headToHead }) => headToHead !== null))
      throw new AppError(
        'BAD_INPUT',
        `The study "${title}" has two arms, which get win shares and no Elo: draw another figure.`,
      );
    const { metric } = request;
    const source = figure === 'metric' ? { figure, analysis, metric } : { figure, analysis };
    return { source, slug, revision, method: null };
  }
  const report = await getReport(platform, actor, request);
  const { study, method } = report;
  if (figure === 'curve') refuseWithoutAxis(study, figure, report.arms.length === 2);
  return { source: { figure, report }, slug: study.slug, revision: study.revision, method };
}

function refuseWithoutAxis(
  study: { readonly title: string; readonly axis: { readonly kind: string } | null },
  figure: 'curve' | 'differences' | 'steps',
  isTwoArms: boolean,
): void {
  if (study.axis === null)
    throw new AppError('BAD_INPUT', `The study "${study.title}" has no axis to draw a curve over.`);
  if (isTwoArms)
    throw new AppError(
      'BAD_INPUT',
      `The study "${study.title}" has two arms, which are told by their win shares: draw those.`,
    );
  const hasSteps = study.axis.kind === 'training-step';
  if (figure === 'steps' && !hasSteps)
    throw new AppError('BAD_INPUT', `The axis of "${study.title}" is not one of training steps.`);
  if (figure === 'differences' && hasSteps)
    throw new AppError(
      'BAD_INPUT',
      `The axis of "${study.title}" is one of training steps: draw the figure "steps".`,
    );
}
