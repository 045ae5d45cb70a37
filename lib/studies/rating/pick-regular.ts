import { Prisma, type Transaction } from '#lib/platform/database/client.ts';

/** What to lend next. */
export interface Pick {
  readonly comparisonId: number;
  readonly questions: readonly number[];
  /** The chance with which it was drawn, in (0, 1]. */
  readonly propensity: number;
  /** How many more of the cell's votes and leases show a on the left than on the right. */
  readonly lead: number;
  /** Which time this rater gets it, from 1. */
  readonly attempt: number;
  readonly holdsCells: boolean;
  /** Sides that are settled already: a repeat shows them swapped. */
  readonly aOnLeft?: boolean;
}

export interface PickInput {
  readonly studyId: number;
  readonly raterId: string;
  /** A whole number below 2^31 that orders the candidates. */
  readonly coin: number;
  readonly questionMode: 'one' | 'all';
  readonly questions: readonly number[];
}

/** Cells that a draw looks at, at most. */
export const WINDOW = 32;

/**
 * True for an assignment `a` that keeps its comparison from being lent to the same rater again:
 * open, answered (in part, too), reported, or ended by the study's close. What expired or was given
 * back without a vote may come again.
 */
export const KEEPS = Prisma.sql`(
  a.state in ('leased', 'done', 'broken', 'closed') or a.answered > 0)`;

/** For a comparison `k` in the query around it. */
export const attemptOf = (raterId: string) => Prisma.sql`
  (select coalesce(max(a.attempt), 0)::int + 1 from assignment a
    where a.rater_id = ${raterId}::uuid and a.comparison_id = k.id) as attempt`;

interface Row {
  readonly comparisonId: number;
  readonly question: number;
  readonly propensity: number;
  readonly lead: number;
  readonly attempt: number;
}

/**
 * Draws a regular comparison and locks its row: among the least loaded open cells that this rater
 * may still get, the first `WINDOW` in the study's seeded order, one at random. Its propensity is
 * exact for the state of the study that the query saw: one in the number of cells drawn from (all
 * cells of the comparison together, where an assignment asks all questions).
 *
 * The index (study, kind, load, shuffle) gives the cells in that order, so the cost depends on
 * neither votes nor cells, only on how many of the least loaded this rater had already. (A count is
 * asked for where `not exists` would say it: the planner may turn that into a scan of all votes.)
 *
 * Comparisons locked by others are passed by; where that leaves none, `waits` tells to wait instead.
 *
 * @param mostWanted the votes wanted a cell: a bound for the index, so that a full study ends at once.
 */
export async function pickRegular(
  transaction: Transaction,
  input: PickInput & { readonly mostWanted: number },
  waits: boolean,
): Promise<Pick | null> {
  return runPick(transaction, regularQuery(input, waits), input);
}

/** Runs a query that gives one open cell at most: what to lend of it. */
export async function runPick(
  transaction: Transaction,
  query: Prisma.Sql,
  { questionMode, questions }: PickInput,
): Promise<Pick | null> {
  const [row] = await transaction.$queryRaw<Row[]>(query);
  if (row === undefined) return null;
  const { question, ...rest } = row;
  return { ...rest, questions: questionMode === 'all' ? questions : [question], holdsCells: true };
}

/** The query of `pickRegular`, for the test and the bench that look at its plan. */
export function regularQuery(
  input: PickInput & { readonly mostWanted: number },
  waits: boolean,
): Prisma.Sql {
  const { studyId, raterId, coin, questionMode, mostWanted } = input;
  return Prisma.sql`
    with eligible as (
      select c.comparison_id, c.question, c.load, c.lead from cell c
      where c.study_id = ${studyId} and c.kind = 'regular' and c.load < ${mostWanted}
        and c.load < c.wanted
        and (select count(*) from assignment a
          where a.rater_id = ${raterId}::uuid and a.comparison_id = c.comparison_id and ${KEEPS}) = 0
      order by c.load, c.shuffle limit ${WINDOW}
    ), least as (
      select comparison_id, question, lead,
        ${questionMode === 'all' ? Prisma.sql`count(*) over (partition by comparison_id)` : Prisma.sql`1`}
          / (count(*) over ())::float8 as propensity
      from eligible where load = (select min(load) from eligible)
    )
    select k.id as "comparisonId", least.question, least.propensity, least.lead,
      ${attemptOf(raterId)}
    from least join comparison k on k.id = least.comparison_id
    order by hashint8extended((k.id::int8 << 8) + least.question, ${coin})
    limit 1 for no key update of k ${waits ? Prisma.empty : Prisma.sql`skip locked`}`;
}
