import { ORPCError } from '@orpc/client';

/** What the server says about one field of a form; null when it says nothing about it. */
export function fieldError(error: unknown, field: string): string | null {
  if (!(error instanceof ORPCError)) return null;
  const { fields, field: named } = (error.data ?? {}) as { fields?: unknown; field?: unknown };
  const prefix = `${field}: `;
  if (Array.isArray(fields)) {
    const line = fields.find((each) => typeof each === 'string' && each.startsWith(prefix));
    return line === undefined ? null : sentence(line.slice(prefix.length));
  }
  return named === field ? error.message : null;
}

/** What is left to say above a form whose `fields` say their own errors. */
export function formError(error: unknown, fields: readonly string[]): unknown {
  return fields.some((field) => fieldError(error, field) !== null) ? null : error;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
