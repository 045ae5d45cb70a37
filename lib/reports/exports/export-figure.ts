import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { runInThread, threadTask } from '#lib/platform/threads/threads.ts';
import type { StudyAddress } from '#lib/studies/find-study.ts';
import type { FigureSource } from '../figures/draw-figure.ts';
import type { run } from '../figures/figure-thread.ts';
import type { FigureName, QuestionChoice, RankingMethod } from '../schema.ts';
import { getReport } from '../study-report/get-report.ts';

const figureTask = threadTask<typeof run>('lib/reports/figures/figure-thread.ts', 60);

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
  const { figure, question, format, width = 720 } = input;
  // Drawing takes longer than the pages of others may wait.
  const source: FigureSource = { figure, report };
  const content = await runInThread(figureTask, { source, question, format, width });
  const name = [study.slug, `r${study.revision}`, figure, question, method].join('-');
  return new File([content], `${name}.${format}`, {
    type: format === 'svg' ? 'image/svg+xml; charset=utf-8' : 'image/png',
  });
}
