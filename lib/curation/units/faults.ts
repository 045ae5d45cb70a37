import { AppError, type ErrorCode } from '#lib/core/errors.ts';

/** Errors that speak about the file. Others (a full disk, a lost database) end the piece of work. */
const FAULTS_OF_THE_FILE: readonly ErrorCode[] = [
  'BAD_INPUT',
  'NOT_FOUND',
  'FORBIDDEN',
  'TOO_LARGE',
];

/** Reasons of the media door that a busy machine may be to blame for. */
const MAY_PASS = ['CRASHED', 'TOO_SLOW'];

/** Why this file is skipped; null where the error says nothing about the file. */
export function faultReason(error: unknown): string | null {
  return error instanceof AppError && FAULTS_OF_THE_FILE.includes(error.code)
    ? error.message
    : null;
}

/** Does it, and once more where a decoder ended without an answer: only the second time counts. */
export async function tryTwice<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError) || !MAY_PASS.includes(String(error.data.reason))) throw error;
    return work();
  }
}
