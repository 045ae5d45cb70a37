import { AppError } from '#lib/core/errors.ts';

/** An error about a file, with the name that its owner knows, and with the row and column if known. */
export function nameFile(error: unknown, name: string, localPath: string | null): unknown {
  if (!(error instanceof AppError)) return error;
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
