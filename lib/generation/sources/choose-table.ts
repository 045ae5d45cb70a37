import { AppError } from '#lib/core/errors.ts';
import { fileKind } from '#lib/platform/files/file-kinds.ts';
import type { FileSet } from './file-set.ts';
import type { TableRow } from './table-rows.ts';

type Reader = (
  file: string,
  chunks: AsyncIterable<Uint8Array>,
) => AsyncGenerator<TableRow<unknown>>;

const TRIED_TABLES = 5;

/** Files that speak for the whole set: at its top, or at the top of the one folder around it. */
export function topFiles(paths: readonly string[], kind: 'table' | 'prompts'): string[] {
  return paths.filter((path) => fileKind(path) === kind && path.split('/').length <= 2).toSorted();
}

/**
 * Finds the table that says what the files are, by its columns.
 *
 * @returns its path; null where none of the tables has the columns
 * @throws AppError BAD_INPUT where several have them
 */
export async function chooseTable(
  files: FileSet,
  paths: readonly string[],
  read: Reader,
): Promise<string | null> {
  const fitting: string[] = [];
  for (const path of topFiles(paths, 'table').slice(0, TRIED_TABLES))
    if ((await columnProblem(files, path, read)) === null) fitting.push(path);
  if (fitting.length > 1)
    throw new AppError(
      'BAD_INPUT',
      `Several tables name videos (${fitting.join(', ')}); leave one of them.`,
      { reason: 'table' },
    );
  return fitting[0] ?? null;
}

/** Why a file is no such table, judged by its columns alone; null where it is one. */
export async function columnProblem(
  files: FileSet,
  path: string,
  read: Reader,
): Promise<AppError | null> {
  try {
    for await (const _ of read(path, files.read(path))) break;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.data.reason === 'columns') return error;
  }
  return null;
}
