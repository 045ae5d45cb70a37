import { Prisma, type Transaction } from '#lib/platform/database/client.ts';
import { attemptOf, KEEPS, type Pick, type PickInput, runPick, WINDOW } from './pick-regular.ts';

/** `PickInput.coin` lies below this. */
const COIN_SIDES = 2 ** 31;

export interface AdaptiveInput extends PickInput {
  /** The most votes that a cell may get: a bound for the index. */
  readonly mostWanted: number;
}

/**
 * Draws a regular comparison of an adaptive study and locks its row: first two arms, by the chances
 * that the newest look at the votes gave each pair (all alike before the first), then of that pair the
 * least loaded open cell, the first in the study's seeded order.
 *
 * Pairs without an open cell that this rater may still get drop out, and the chances of the others
 * grow in proportion. The propensity is the chance of the pair after that, exact for the state of the
 * study that the query saw; the cell follows from the pair without another draw. One probe of the
 * index (study, arms, load, shuffle) a pair, so the cost depends on the pairs alone.
 *
 * Comparisons locked by others are passed by; where that leaves the pair none, `waits` tells to wait.
 */
export async function pickAdaptive(
  transaction: Transaction,
  input: AdaptiveInput,
  waits: boolean,
): Promise<Pick | null> {
  return runPick(transaction, adaptiveQuery(input, waits), input);
}

/** The query of `pickAdaptive`, for the test that looks at its plan. */
export function adaptiveQuery(input: AdaptiveInput, waits: boolean): Prisma.Sql {
  const { studyId, raterId, coin, mostWanted } = input;
  // A count where `not exists` would say it: see `pickRegular`.
  const openCell = Prisma.sql`
    c.study_id = ${studyId} and c.load < ${mostWanted} and c.load < c.wanted
      and (select count(*) from assignment a
        where a.rater_id = ${raterId}::uuid and a.comparison_id = c.comparison_id and ${KEEPS}) = 0`;
  return Prisma.sql`
    with pair as materialized (
      select a.id as arm_a, b.id as arm_b,
        coalesce(p.chance, 1 / (count(*) over ())::float8) as chance
      from arm a join arm b on b.study_id = a.study_id and b.position > a.position
        left join pair_chance p on p.study_id = a.study_id and p.arm_a_id = a.id
          and p.arm_b_id = b.id
      where a.study_id = ${studyId}
    ), open as materialized (
      select arm_a, arm_b, chance from pair
      where (select c.id from cell c
        where c.arm_a_id = pair.arm_a and c.arm_b_id = pair.arm_b and ${openCell}
        order by c.load, c.shuffle limit 1) is not null
    ), drawn as materialized (
      select arm_a, arm_b, chance / total as propensity
      from (
        select arm_a, arm_b, chance, sum(chance) over () as total,
          sum(chance) over (order by arm_a, arm_b) as upto
        from open
      ) sums
      order by upto <= total * ${coin / COIN_SIDES}::float8, arm_a, arm_b limit 1
    ), eligible as materialized (
      select c.comparison_id, c.question, c.load, c.shuffle, c.lead, drawn.propensity
      from drawn cross join lateral (
        select * from cell c
        where c.arm_a_id = drawn.arm_a and c.arm_b_id = drawn.arm_b and ${openCell}
        order by c.load, c.shuffle limit ${WINDOW}
      ) c
    )
    select k.id as "comparisonId", eligible.question, eligible.propensity, eligible.lead,
      ${attemptOf(raterId)}
    from eligible join comparison k on k.id = eligible.comparison_id
    order by eligible.load, eligible.shuffle
    limit 1 for no key update of k ${waits ? Prisma.empty : Prisma.sql`skip locked`}`;
}
