import { AppError } from '#lib/core/errors.ts';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** The system's name for an error, such as ENOENT; an empty text when it has none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** The error to throw on: a full disk becomes AppError STORAGE_FULL, all else stays as it is. */
export function asStorageError(error: unknown): unknown {
  if (!FULL.has(errorCode(error))) return error;
  const message = 'The disk is full; free some space and try again.';
  return new AppError('STORAGE_FULL', message, {}, { cause: error });
}
