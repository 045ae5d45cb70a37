import type { RaterLocale } from '#app/(rater)/pick-locale.ts';
import type { ErrorCode } from '#lib/core/errors.ts';
import type {
  AssignmentView,
  DrawView,
  RatingStudyView,
  SessionView,
  VoteInput,
  VoteReceipt,
} from '#lib/studies/rating/schema.ts';

/** What the screen needs from the server. Every method rejects with a `RatingError`. */
export interface RatingPort {
  /** `again` starts the next session of a rater whose last one is served. */
  join(locale: RaterLocale, again?: boolean): Promise<RatingStudyView>;
  finishTraining(): Promise<void>;
  draw(): Promise<DrawView>;
  vote(vote: VoteInput): Promise<VoteReceipt>;
  undo(vote: {
    assignmentId: string;
    question: number;
  }): Promise<{ assignment: AssignmentView; session: SessionView }>;
  reportBroken(report: {
    assignmentId: string;
    side: 'left' | 'right' | 'both';
    note?: string;
  }): Promise<void>;
  leave(): Promise<void>;
}

/** Why the server did not do it. `NETWORK`: it was not reached, or did not answer in time. */
export class RatingError extends Error {
  override readonly name = 'RatingError';
  readonly code: ErrorCode | 'NETWORK' | 'UNKNOWN';
  constructor(code: ErrorCode | 'NETWORK' | 'UNKNOWN', message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
  /** The same request may succeed later. */
  get isPassing(): boolean {
    return ['NETWORK', 'UNKNOWN', 'UNAVAILABLE', 'TOO_MANY', 'STORAGE_FULL'].includes(this.code);
  }
}

export function asRatingError(error: unknown): RatingError {
  if (error instanceof RatingError) return error;
  return new RatingError('UNKNOWN', error instanceof Error ? error.message : String(error), {
    cause: error,
  });
}
