import { z } from 'zod';
import { Prisma } from './generated/client.ts';

/** The conditions that callers act on, by PostgreSQL's codes (appendix A of its manual). */
export const SQL_STATE = {
  uniqueViolation: '23505',
  foreignKeyViolation: '23503',
  checkViolation: '23514',
  serializationFailure: '40001',
  deadlock: '40P01',
} as const;

const driverMeta = z.object({
  driverAdapterError: z.object({ cause: z.object({ originalCode: z.string() }) }),
});

/**
 * PostgreSQL's own code for a failed query, the same for Prisma's calls and raw SQL (whose Prisma
 * codes differ); undefined for any other error.
 */
export function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return undefined;
  return driverMeta.safeParse(error.meta).data?.driverAdapterError.cause.originalCode;
}
