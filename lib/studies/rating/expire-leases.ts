import { Prisma, withTransaction } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { HOLDS_CELLS, type LeaseRow, releaseLease } from './release-lease.ts';

/** Leases that are looked up at a time. */
const BATCH = 100;

export interface ExpireInput {
  readonly studyId?: number;
  readonly raterId?: string;
}

/**
 * Takes back leases whose time is over, of one rater, one study or all, each in a short transaction
 * of its own. Called by draws that need it, and by the worker every minute.
 *
 * @returns how many were taken back.
 */
export async function expireLeases(
  platform: Pick<Platform, 'database' | 'clock'>,
  { studyId, raterId }: ExpireInput = {},
  signal?: AbortSignal,
): Promise<number> {
  const now = platform.clock.now();
  let expired = 0;
  for (;;) {
    const overdue = await platform.database.assignment.findMany({
      where: {
        state: 'leased',
        leaseExpiresAt: { lte: now },
        ...(studyId === undefined ? {} : { studyId }),
        ...(raterId === undefined ? {} : { raterId }),
      },
      select: { id: true },
      orderBy: { leaseExpiresAt: 'asc' },
      take: BATCH,
    });
    for (const { id } of overdue) {
      signal?.throwIfAborted();
      if (await endLease(platform, id, 'expired', Prisma.sql`a.lease_expires_at <= ${now}`))
        expired++;
    }
    if (overdue.length < BATCH) return expired;
  }
}

/**
 * Ends one lease if it is still open and the condition holds.
 *
 * @param condition over the assignment `a`.
 * @returns whether it was ended now.
 */
export async function endLease(
  platform: Pick<Platform, 'database'>,
  assignmentId: string,
  state: 'expired' | 'returned',
  condition: Prisma.Sql,
): Promise<boolean> {
  return withTransaction(
    async (transaction) => {
      const [lease] = await transaction.$queryRaw<LeaseRow[]>`
        select a.id, a.comparison_id as "comparisonId", ${HOLDS_CELLS} as "holdsCells"
        from assignment a join comparison k on k.id = a.comparison_id join rater r on r.id = a.rater_id
        where a.id = ${assignmentId}::uuid and a.state = 'leased' and ${condition}
        for no key update of a`;
      if (lease === undefined) return false;
      await releaseLease(transaction, lease, state);
      return true;
    },
    { database: platform.database },
  );
}
