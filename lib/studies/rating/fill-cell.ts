import type { Transaction } from '#lib/platform/database/client.ts';

export interface FillInput {
  readonly aOnLeft: boolean;
  /** The vote's own lease holds a place in the cell's load. */
  readonly holdsLease: boolean;
  readonly mayCount: boolean;
  /** False for an excluded rater, whose vote counts but leaves its place to others. */
  readonly takesPlace: boolean;
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
  { aOnLeft, holdsLease, mayCount, takesPlace }: FillInput,
): Promise<boolean> {
  const side = aOnLeft ? 1 : -1;
  const place = takesPlace ? 1 : 0;
  const added = place - (holdsLease ? 1 : 0);
  const filled = await transaction.$executeRaw`
    with locked as materialized (
      select id from comparison where id = ${comparisonId} for no key update
    )
    update cell set counted = counted + ${place}::int, load = load + ${added}::int,
      lead = lead + ${added * side}::int
    from locked
    where comparison_id = locked.id and question = ${question} and counted < wanted
      and ${mayCount}`;
  if (filled === 0 && holdsLease)
    await transaction.$executeRaw`
      update cell set load = load - 1, lead = lead - ${side}::int
      where comparison_id = ${comparisonId} and question = ${question}`;
  return filled === 1;
}
