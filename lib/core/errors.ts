/** What went wrong, in one word that a program can act on. HTTP statuses are given in `HTTP_STATUS`. */
export type ErrorCode =
  | 'BAD_INPUT'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'GONE'
  | 'TOO_LARGE'
  | 'TOO_MANY'
  | 'STORAGE_FULL'
  | 'UNAVAILABLE';

/** The HTTP status that stands for each code; the one place where the two meet. */
export const HTTP_STATUS: Readonly<Record<ErrorCode, number>> = {
  BAD_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  GONE: 410,
  TOO_LARGE: 413,
  TOO_MANY: 429,
  STORAGE_FULL: 507,
  UNAVAILABLE: 503,
};

/** Facts about an error that a program may read: a field, a line, the reason in one word. */
export type ErrorData = Readonly<
  Record<string, string | number | boolean | null | readonly string[]>
>;

/**
 * The only error that use cases throw on purpose. Its message is one sentence for a person: what
 * was wrong, and what would be right. Callers decide by `code` and `data.reason`, never by the text.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly data: ErrorData;

  constructor(code: ErrorCode, message: string, data: ErrorData = {}, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.data = data;
  }
}
