import { Prisma, type Transaction } from '#lib/platform/database/client.ts';

/** Why a lease ends without all its votes. */
export type ReleaseState = 'expired' | 'returned' | 'broken' | 'closed';

export interface LeaseRow {
  readonly id: string;
  readonly comparisonId: number;
  /** Its unanswered questions hold a place in their cells. */
  readonly holdsCells: boolean;
}

/**
 * Locks the comparison of an open lease, gives back the places that it holds, and ends it. The
 * caller has locked the assignment and seen that it is leased.
 */
export async function releaseLease(
  transaction: Transaction,
  lease: LeaseRow,
  state: ReleaseState,
  problem: string | null = null,
): Promise<void> {
  if (lease.holdsCells) await giveBackCells(transaction, lease);
  await transaction.$executeRaw`
    update assignment set state = ${state}::"AssignmentState", problem = coalesce(${problem}, problem)
    where id = ${lease.id}::uuid`;
}

/** Takes the unanswered questions of a lease off the load of their cells. */
async function giveBackCells(transaction: Transaction, lease: LeaseRow): Promise<void> {
  await lockComparisons(transaction, [lease.comparisonId]);
  await transaction.$executeRaw`
    update cell c set load = c.load - 1, lead = c.lead - case when a.a_on_left then 1 else -1 end
    from assignment a
    where a.id = ${lease.id}::uuid and c.comparison_id = a.comparison_id
      and c.question = any(a.questions)
      and c.question <> all (array(
        select v.question from vote v where v.assignment_id = ${lease.id}::uuid))`;
}

/** Locks comparisons, always in the same order, so that two transactions can't wait for each other. */
export async function lockComparisons(
  transaction: Transaction,
  comparisonIds: readonly number[],
): Promise<void> {
  await transaction.$queryRaw`
    select 1 from comparison where id in (${Prisma.join([...comparisonIds])})
    order by id for no key update`;
}

/** Regular comparisons outside of trials have cells; what else is lent holds no place. */
export const HOLDS_CELLS = Prisma.sql`(k.kind = 'regular' and r.origin <> 'trial')`;
