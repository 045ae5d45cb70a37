import { expect } from 'vitest';
import type { Platform } from '#lib/platform/platform.ts';

interface CellFacts {
  readonly counted: number;
  readonly load: number;
  readonly wanted: number;
  readonly lead: number;
  readonly leftMinusRight: number;
  readonly votes: number;
  readonly leases: number;
}

/** Checks what must hold of a study's cells at any moment between two transactions. */
export async function expectSoundCells(
  { database }: Pick<Platform, 'database'>,
  studyId: number,
): Promise<CellFacts[]> {
  const cells = await database.$queryRaw<CellFacts[]>`
    select c.counted, c.load, c.wanted, c.lead,
      (select count(*)::int from vote v join rater r on r.id = v.rater_id
        where v.comparison_id = c.comparison_id
        and v.question = c.question and v.status = 'counted' and not r.is_excluded
        and not exists (select 1 from retraction t where t.vote_seq = v.seq)) as votes,
      (select count(*)::int from assignment a join rater r on r.id = a.rater_id
        where a.comparison_id = c.comparison_id and a.state = 'leased' and r.origin <> 'trial'
        and c.question = any(a.questions) and not exists (
          select 1 from vote v where v.assignment_id = a.id and v.question = c.question)) as leases,
      (select coalesce(sum(case when a.a_on_left then 1 else -1 end), 0)::int
        from assignment a join rater r on r.id = a.rater_id
          left join vote v on v.assignment_id = a.id and v.question = c.question
          left join retraction t on t.vote_seq = v.seq
        where a.comparison_id = c.comparison_id and c.question = any(a.questions)
          and r.origin <> 'trial' and ((v.status = 'counted' and t.seq is null and not r.is_excluded)
            or (v.seq is null and a.state = 'leased'))) as "leftMinusRight"
    from cell c where c.study_id = ${studyId} order by c.id`;
  for (const cell of cells) {
    expect(cell.counted, 'counted votes').toBe(Math.min(cell.wanted, cell.votes));
    expect(cell.load, 'counted votes and open leases').toBe(cell.counted + cell.leases);
    expect(cell.lead, 'left minus right').toBe(cell.leftMinusRight);
  }
  const [twice] = await database.$queryRaw<{ twice: number }[]>`
    select count(*)::int as twice from (
      select 1 from vote v where v.study_id = ${studyId} and v.status = 'counted'
        and not exists (select 1 from retraction t where t.vote_seq = v.seq)
      group by v.rater_id, v.comparison_id, v.question having count(*) > 1) repeated`;
  expect(twice?.twice, 'comparisons that count twice for one rater').toBe(0);
  return cells;
}
