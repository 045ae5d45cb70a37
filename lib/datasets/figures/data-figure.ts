import { runInThread, threadTask } from '#lib/platform/threads/threads.ts';
import type { DataFigureInput, run } from './data-figure-thread.ts';

const figureTask = threadTask<typeof run>('lib/datasets/figures/data-figure-thread.ts', 60);

/**
 * A figure of a dataset as a file. It is drawn in a thread: drawing takes longer than the pages of
 * others may wait.
 *
 * @param name of the file, without its extension.
 */
export async function dataFigure(name: string, input: DataFigureInput): Promise<File> {
  const content = await runInThread(figureTask, input);
  return new File([content], `${name}.${input.format}`, {
    type: input.format === 'svg' ? 'image/svg+xml; charset=utf-8' : 'image/png',
  });
}
