import { type Transaction, withTransaction } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { lockComparisons } from './release-lease.ts';

/** Comparisons of one transaction: votes on them wait meanwhile. */
const BATCH = 200;

/**
 * Fills the cells of a study anew, after simulated votes were left out or taken in: what does not
 * count makes room for people. Where more votes stand than are wanted, the cell is just full.
 */
export async function recountCells(
  { database }: Pick<Platform, 'database'>,
  studyId: number,
): Promise<void> {
  let after = 0;
  for (;;) {
    const comparisons = await database.comparison.findMany({
      where: { studyId, kind: 'regular', id: { gt: after } },
      select: { id: true },
      orderBy: { id: 'asc' },
      take: BATCH,
    });
    const ids = comparisons.map(({ id }) => id);
    if (ids.length === 0) return;
    after = ids.at(-1) ?? after;
    await withTransaction(
      async (transaction) => {
        await lockComparisons(transaction, ids);
        await recountLocked(transaction, ids);
      },
      { database },
    );
  }
}

/**
 * Fills the cells of comparisons anew, which the caller has locked: with the votes that count, those of
 * excluded raters and of sources that the study leaves out not among them, and with open leases.
 */
export async function recountLocked(
  transaction: Transaction,
  comparisonIds: readonly number[],
): Promise<void> {
  await transaction.$executeRaw`
    update cell c set counted = least(c.wanted, n.votes),
      load = least(c.wanted, n.votes) + n.leases, lead = n.lead
    from (
      select id, (count(*) filter (where counts))::int as votes,
        (count(*) filter (where holds))::int as leases,
        coalesce(sum(case when a_on_left then 1 else -1 end)
          filter (where counts or holds), 0)::int as lead
      from (
        select c.id, a.a_on_left,
          a.state = 'leased' and v.seq is null and r.origin <> 'trial' as holds,
          v.status = 'counted' and t.seq is null and not r.is_excluded
            and (s.count_simulated or v.origin <> 'simulated') as counts
        from cell c
          join study s on s.id = c.study_id
          left join assignment a on a.comparison_id = c.comparison_id
            and c.question = any(a.questions)
          left join rater r on r.id = a.rater_id
          left join vote v on v.assignment_id = a.id and v.question = c.question
          left join retraction t on t.vote_seq = v.seq
        where c.comparison_id = any(${[...comparisonIds]})
      ) places
      group by id
    ) n
    where c.id = n.id`;
}
