import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { runInThread, threadTask } from '#lib/platform/threads/threads.ts';
import { getProjectReport } from '../axis-report/get-project-report.ts';
import type { FigureSource } from '../figures/draw-figure.ts';
import type { run } from '../figures/figure-thread.ts';
import { readStudy } from '../read-study.ts';
import type { QuestionChoice } from '../schema.ts';
import { type FigureRequest, readFigure } from './figure-source.ts';

const figureTask = threadTask<typeof run>('lib/reports/figures/figure-thread.ts', 60);

interface Drawn {
  readonly format: 'svg' | 'png';
  /** In pixels. */
  readonly width?: number | undefined;
}

/**
 * A figure of a study as a file: of the snapshot asked for, or the newest one.
 *
 * @throws AppError BAD_INPUT where the study has nothing to draw in it, and for a question that is not there.
 */
export async function exportFigure(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: FigureRequest & Drawn & { readonly question: QuestionChoice },
): Promise<File> {
  const { title, spec } = await readStudy(platform, actor, input);
  if (input.question !== 'mean' && input.question >= spec.questions.length)
    throw new AppError(
      'BAD_INPUT',
      `The study "${title}" has no question ${input.question}: count from 0, or say "mean".`,
    );
  const { source, slug, revision, method } = await readFigure(platform, actor, input);
  const parts = [slug, `r${revision}`, input.figure, input.question, method];
  const name = parts.filter((part) => part !== null).join('-');
  return draw(source, name, input.question, input);
}

/** All axes of a project side by side, as a file. */
export async function exportAxesFigure(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: Drawn & { readonly project: string },
): Promise<File> {
  const project = await getProjectReport(platform, actor, input);
  const source: FigureSource = { figure: 'axes', project };
  return draw(source, `${input.project}-axes`, 'mean', { ...input, width: input.width ?? 1080 });
}

async function draw(
  source: FigureSource,
  name: string,
  question: QuestionChoice,
  { format, width = 720 }: Drawn,
): Promise<File> {
  // Drawing takes longer than the pages of others may wait.
  const content = await runInThread(figureTask, { source, question, format, width });
  return new File([content], `${name}.${format}`, {
    type: format === 'svg' ? 'image/svg+xml; charset=utf-8' : 'image/png',
  });
}
