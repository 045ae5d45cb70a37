import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { svgToPng } from '#lib/platform/raster.ts';
import type { StudyAddress } from '#lib/studies/find-study.ts';
import type { FigureName, QuestionChoice, RankingMethod } from '../schema.ts';
import { drawFigure } from '../study-report/draw-figure.ts';
import { getReport } from '../study-report/get-report.ts';

/** PNG at twice the size, for print and dense screens. */
const PNG_SCALE = 2;

/**
 * A figure of the newest snapshots as a file.
 *
 * @throws AppError BAD_INPUT for the curve of a study without an axis or with two arms, and for a question that is not there.
 */
export async function exportFigure(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: StudyAddress & {
    readonly figure: FigureName;
    readonly format: 'svg' | 'png';
    readonly method?: RankingMethod | undefined;
    readonly question: QuestionChoice;
    readonly width?: number | undefined;
  },
): Promise<File> {
  const report = await getReport(platform, actor, input);
  const { study, method } = report;
  if (input.figure === 'curve' && study.axis === null)
    throw new AppError('BAD_INPUT', `The study "${study.title}" has no axis to draw a curve over.`);
  if (input.figure === 'curve' && report.arms.length === 2)
    throw new AppError(
      'BAD_INPUT',
      `The study "${study.title}" has two arms, which are told by their win shares: draw those.`,
    );
  if (input.question !== 'mean' && input.question >= report.questions.length)
    throw new AppError(
      'BAD_INPUT',
      `The study "${study.title}" has no question ${input.question}: count from 0, or say "mean".`,
    );
  const svg = drawFigure(report, input.figure, input.question, input.width ?? 720);
  const name = [study.slug, `r${study.revision}`, input.figure, input.question, method].join('-');
  return input.format === 'svg'
    ? new File([svg], `${name}.svg`, { type: 'image/svg+xml; charset=utf-8' })
    : new File([svgToPng(svg, PNG_SCALE)], `${name}.png`, { type: 'image/png' });
}
