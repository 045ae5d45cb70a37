import type { Transaction } from '#lib/platform/database/client.ts';
import { lockComparisons } from './release-lease.ts';

export interface FillInput {
  /** The vote's own lease holds a place in the cell's load. */
  readonly holdsLease: boolean;
  readonly mayCount: boolean;
}

/**
 * Counts a vote in its cell while that is open. A lease turns into the vote; a vote without one adds
 * to the load. A full cell gets the lease's place back.
 *
 * @returns whether the vote counts.
 */
export async function fillCell(
  transaction: Transaction,
  { comparisonId, question }: { readonly comparisonId: number; readonly question: number },
  { holdsLease, mayCount }: FillInput,
): Promise<boolean> {
  await lockComparisons(transaction, [comparisonId]);
  const filled = await transaction.$executeRaw`
    update cell set counted = counted + 1, load = load + ${holdsLease ? 0 : 1}::int
    where comparison_id = ${comparisonId} and question = ${question} and counted < wanted
      and ${mayCount}`;
  if (filled === 0 && holdsLease)
    await transaction.$executeRaw`
      update cell set load = load - 1
      where comparison_id = ${comparisonId} and question = ${question}`;
  return filled === 1;
}
