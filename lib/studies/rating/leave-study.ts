import type { Actor } from '#lib/accounts/actor.ts';
import { Prisma, withTransaction } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { endLease } from './expire-leases.ts';
import { lockRater, requireRater } from './rater-gate.ts';

/**
 * Gives back all pairs that the rater holds. They may come again; a vote on one that arrives late
 * counts while its cell is open.
 *
 * @throws AppError UNAUTHENTICATED for anybody who is not a rater of this study.
 */
export async function leaveStudy(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  { code }: { readonly code: string },
): Promise<{ returned: number }> {
  const raterActor = requireRater(actor);
  const leases = await withTransaction(
    async (transaction) => {
      const { raterId } = await lockRater(transaction, raterActor, code);
      return transaction.assignment.findMany({
        where: { raterId, state: 'leased' },
        select: { id: true },
      });
    },
    { database: platform.database },
  );
  let returned = 0;
  for (const { id } of leases)
    if (await endLease(platform, id, 'returned', Prisma.sql`true`)) returned++;
  return { returned };
}
