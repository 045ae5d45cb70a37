import { api } from '#lib/client/api.ts';
import { HTTP_STATUS } from '#lib/core/errors.ts';
import { RatingError, type RatingPort } from './rating-port.ts';

const TIMEOUT_MS = 10_000;

/** The server's rating API as the screen's port; every call has a time limit. */
export function apiRatingPort(code: string): RatingPort {
  const limit = () => ({ signal: AbortSignal.timeout(TIMEOUT_MS) });
  return {
    join: (locale, again = false) => coded(api.rating.join({ code, locale, again }, limit())),
    finishTraining: async () => {
      await coded(api.rating.finishTraining({ code }, limit()));
    },
    draw: () => coded(api.rating.draw({ code }, limit())),
    vote: (vote) => coded(api.rating.vote({ code, ...vote }, limit())),
    undo: (vote) => coded(api.rating.undo({ code, ...vote }, limit())),
    reportBroken: async (report) => {
      await coded(api.rating.reportBroken({ code, ...report }, limit()));
    },
    leave: async () => {
      await coded(api.rating.leave({ code }, limit()));
    },
  };
}

async function coded<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw toRatingError(error);
  }
}

/** What is not a coded refusal of the server counts as a connection that failed. */
function toRatingError(error: unknown): RatingError {
  const code = typeof error === 'object' && error && 'code' in error ? error.code : null;
  const message = error instanceof Error ? error.message : String(error);
  for (const known of Object.keys(HTTP_STATUS) as (keyof typeof HTTP_STATUS)[])
    if (code === known) return new RatingError(known, message, { cause: error });
  const isAnswered = typeof error === 'object' && error !== null && 'status' in error;
  return new RatingError(isAnswered ? 'UNKNOWN' : 'NETWORK', message, { cause: error });
}
