import { AppError } from '#lib/core/errors.ts';
import type { SourceFile } from '../sources/source-file.ts';

/**
 * Brings a file to hand while `use` runs. An error about it carries the name that its owner knows, and
 * the row and column where they are known.
 */
export async function withFile<T>(
  file: SourceFile,
  use: (localPath: string) => Promise<T>,
): Promise<T> {
  let localPath: string | null = null;
  try {
    return await file.withLocal((path) => {
      localPath = path;
      return use(path);
    });
  } catch (error) {
    throw error instanceof AppError ? nameFile(error, file.name, localPath) : error;
  }
}

function nameFile(error: AppError, name: string, localPath: string | null): AppError {
  const { file: _, ...data } = error.data;
  const { row, column } = data;
  const place = [
    name,
    ...(typeof row === 'number' ? [`row ${row}`] : []),
    ...(typeof column === 'string' ? [`column ${column}`] : []),
  ].join(', ');
  const message = localPath === null ? error.message : error.message.replaceAll(localPath, name);
  return new AppError(
    error.code,
    `${place}: ${message}`,
    { ...data, file: name },
    { cause: error },
  );
}
