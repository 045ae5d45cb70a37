import { ORPCError } from '@orpc/client';

/** What is wrong with a study, line by line, as the server said it; empty for other errors. */
export function specProblems(error: unknown): readonly string[] {
  if (!(error instanceof ORPCError)) return [];
  const { problems } = (error.data ?? {}) as { problems?: unknown };
  return Array.isArray(problems) ? problems.filter((each) => typeof each === 'string') : [];
}
