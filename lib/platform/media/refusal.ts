import { AppError, type ErrorData } from '#lib/core/errors.ts';

/** Why a video was refused, in one word: `data.reason` of the AppError. */
export type RefusalReason =
  | 'EMPTY'
  | 'NOT_A_FILE'
  | 'TEXT'
  | 'PLAYLIST'
  | 'PICTURE'
  | 'AUDIO'
  | 'UNKNOWN_FORMAT'
  | 'UNSUPPORTED_CODEC'
  | 'NO_VIDEO'
  | 'TOO_BIG'
  | 'TOO_WIDE'
  | 'TOO_LONG'
  | 'TOO_MANY_FRAMES'
  | 'TOO_SHORT'
  | 'NO_FRAMES'
  | 'TRUNCATED'
  | 'BROKEN'
  | 'SIZE_CHANGES'
  | 'TOO_SLOW'
  | 'TOO_MUCH_MEMORY'
  | 'CRASHED';

/** The error for a video that we do not take: a sentence about "the file", which the caller names. */
export function refuse(
  reason: RefusalReason,
  message: string,
  data: ErrorData = {},
  options?: ErrorOptions,
): AppError {
  return new AppError('BAD_INPUT', message, { ...data, reason }, options);
}
