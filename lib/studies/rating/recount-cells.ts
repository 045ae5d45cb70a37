import { withTransaction } from '#lib/platform/database/client.ts';
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
  countsSimulated: boolean,
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
                v.status = 'counted' and t.seq is null
                  and (${countsSimulated} or v.origin <> 'simulated') as counts
              from cell c
                left join assignment a on a.comparison_id = c.comparison_id
                  and c.question = any(a.questions)
                left join rater r on r.id = a.rater_id
                left join vote v on v.assignment_id = a.id and v.question = c.question
                left join retraction t on t.vote_seq = v.seq
              where c.comparison_id = any(${ids})
            ) places
            group by id
          ) n
          where c.id = n.id`;
      },
      { database },
    );
  }
}
