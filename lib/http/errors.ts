import { randomUUID } from 'node:crypto';
import { ORPCError, ValidationError } from '@orpc/server';
import { AppError, type ErrorData, HTTP_STATUS } from '#lib/core/errors.ts';
import type { Logger } from '#lib/platform/log.ts';

const INTERNAL = 'INTERNAL';

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/**
 * The one place where errors become answers. `AppError` keeps its code and sentence; input that a
 * contract refuses is BAD_INPUT naming the field; anything else is logged and answered with an id
 * alone, so that no text of it gets out.
 */
export function toAnswer(error: unknown, log: Logger): ORPCError<string, ErrorData> {
  if (error instanceof AppError) return answer(error);
  if (error instanceof ORPCError) {
    if (error.defined || error.code === INTERNAL) return error;
    if (error.cause instanceof ValidationError && error.code === 'BAD_REQUEST') {
      return answer(badInput(error.cause.issues));
    }
    if (error.status === HTTP_STATUS.TOO_LARGE) {
      return answer(new AppError('TOO_LARGE', 'The request is larger than this address takes.'));
    }
    if (error.status < 500) {
      return answer(new AppError('BAD_INPUT', "The request's body can't be read: send JSON."));
    }
  }
  const id = randomUUID();
  log.error({ err: error, id }, 'request failed');
  return new ORPCError(INTERNAL, {
    defined: true,
    status: 500,
    message: `Something went wrong on the server. Its log has the details under ${id}.`,
    data: { id },
  });
}

/** The same answer outside the API router, for route handlers of their own. */
export function errorResponse(error: unknown, log: Logger): Response {
  const shown = toAnswer(error, log);
  return Response.json(shown.toJSON(), {
    status: shown.status,
    headers: { 'cache-control': 'no-store' },
  });
}

/** Names the first field that a schema refused; `data.fields` has them all. */
export function badInput(issues: readonly Issue[]): AppError {
  const fields = issues.map((issue) => ({
    name: (issue.path ?? [])
      .map((part) => String(typeof part === 'object' ? part.key : part))
      .join('.'),
    message: issue.message,
  }));
  const first = fields[0];
  return new AppError(
    'BAD_INPUT',
    first === undefined || first.name === ''
      ? `The input is wrong: ${first?.message ?? 'it has another form than this address takes'}.`
      : `Check "${first.name}": ${first.message}.`,
    {
      field: first?.name ?? '',
      fields: fields.map(({ name, message }) => `${name}: ${message}`),
    },
  );
}

function answer(error: AppError): ORPCError<string, ErrorData> {
  return new ORPCError(error.code, {
    defined: true,
    status: HTTP_STATUS[error.code],
    message: error.message,
    data: error.data,
  });
}
