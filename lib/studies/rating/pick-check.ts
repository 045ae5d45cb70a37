import { seededRandom } from '#lib/core/random.ts';
import { Prisma, type Transaction } from '#lib/platform/database/client.ts';
import { attemptOf, KEEPS, type Pick, type PickInput, WINDOW } from './pick-regular.ts';
import { REPEAT_GAP } from './session-plan.ts';

interface Row {
  readonly comparisonId: number;
  readonly candidates: number;
  readonly attempt: number;
}

/** Draws a gold or same comparison that this rater has not had; null when none is left. */
export async function pickCheck(
  transaction: Transaction,
  input: PickInput,
  kind: 'gold' | 'same',
): Promise<Pick | null> {
  const { studyId, raterId, coin } = input;
  const [row] = await transaction.$queryRaw<Row[]>`
    select k.id as "comparisonId", (count(*) over ())::int as candidates, ${attemptOf(raterId)}
    from comparison k
    where k.study_id = ${studyId} and k.kind = ${kind}::"ComparisonKind"
      and not exists (
        select 1 from assignment a
        where a.rater_id = ${raterId}::uuid and a.comparison_id = k.id and ${KEEPS})
    order by hashint8extended(k.id::int8, ${coin}) limit 1`;
  return row === undefined ? null : withoutCells(row, questionsOf(input));
}

/**
 * Draws the twin of a comparison that this rater answered some pairs before in this session, to be
 * shown with swapped sides and the same questions.
 */
export async function pickRepeat(
  transaction: Transaction,
  input: PickInput,
  session: { readonly id: string; readonly pairNumber: number },
): Promise<Pick | null> {
  const { raterId, coin } = input;
  const [row] = await transaction.$queryRaw<(Row & { questions: number[]; aOnLeft: boolean })[]>`
    select k.id as "comparisonId", (count(*) over ())::int as candidates, ${attemptOf(raterId)},
      first.questions, not first.a_on_left as "aOnLeft"
    from assignment first
      join comparison o on o.id = first.comparison_id and o.kind = 'regular'
      join comparison k on k.study_id = o.study_id and k.prompt_id = o.prompt_id
        and k.arm_a_id = o.arm_a_id and k.arm_b_id = o.arm_b_id and k.kind = 'repeat'
    where first.rater_id = ${raterId}::uuid and first.state = 'done'
      and first.session_id = ${session.id}::uuid
      and first.pair_number <= ${session.pairNumber - REPEAT_GAP}
      and not exists (
        select 1 from assignment a
        where a.rater_id = ${raterId}::uuid and a.comparison_id = k.id and ${KEEPS})
    order by hashint8extended(k.id::int8, ${coin}) limit 1`;
  return row === undefined ? null : { ...withoutCells(row, row.questions), aOnLeft: row.aOnLeft };
}

/**
 * Draws a pair for a trial. A draft has no comparisons yet, so the pair comes from the renditions
 * that are ready, and its comparison is made (without cells) where the opening has not made it.
 */
export async function pickTrial(transaction: Transaction, input: PickInput): Promise<Pick | null> {
  const { studyId, raterId, coin } = input;
  const order = (id: Prisma.Sql) => Prisma.sql`hashint8extended(${id}::int8, ${coin})`;
  const [row] = await transaction.$queryRaw<Row[]>`
    with prompts as (
      select p.id from prompt p where p.study_id = ${studyId}
      order by ${order(Prisma.sql`p.id`)} limit ${WINDOW}
    ), shown as (
      select r.id, r.prompt_id, r.arm_id, m.position, m.level from rendition r join arm m on m.id = r.arm_id
      where r.prompt_id in (select id from prompts) and r.take = 0 and r.state = 'ready'
    ), pairs as (
      select f.prompt_id, f.arm_id as arm_a_id, b.arm_id as arm_b_id, f.id as a_id, b.id as b_id
      from shown f join shown b on b.prompt_id = f.prompt_id and b.position > f.position
      where (f.level = b.level or not exists (
          select 1 from study where id = ${studyId} and spec->'axis'->>'kind' = 'training-step'))
        and not exists (
        select 1 from comparison k join assignment a on a.comparison_id = k.id
        where k.study_id = ${studyId} and k.prompt_id = b.prompt_id and k.kind = 'regular'
          and k.arm_a_id = f.arm_id and k.arm_b_id = b.arm_id
          and a.rater_id = ${raterId}::uuid and ${KEEPS})
    ), drawn as (
      select pairs.*, (count(*) over ())::int as candidates from pairs
      order by ${order(Prisma.sql`(a_id::int8 << 31) + b_id`)} limit 1
    ), known as (
      select k.id from comparison k join drawn d on k.prompt_id = d.prompt_id
        and k.arm_a_id = d.arm_a_id and k.arm_b_id = d.arm_b_id
      where k.study_id = ${studyId} and k.kind = 'regular'
    ), made as (
      insert into comparison
        (study_id, prompt_id, arm_a_id, arm_b_id, kind, rendition_a_id, rendition_b_id)
      select ${studyId}, prompt_id, arm_a_id, arm_b_id, 'regular', a_id, b_id from drawn
      where not exists (select 1 from known)
      on conflict do nothing returning id
    )
    select k.id as "comparisonId", drawn.candidates,
      (select coalesce(max(a.attempt), 0)::int + 1 from assignment a
        where a.rater_id = ${raterId}::uuid and a.comparison_id = k.id) as attempt
    from drawn, (select id from known union all select id from made) k`;
  return row === undefined ? null : withoutCells(row, questionsOf(input));
}

function withoutCells(row: Row, questions: readonly number[]): Pick {
  const { candidates, ...rest } = row;
  return { ...rest, questions, propensity: 1 / candidates, lead: 0, holdsCells: false };
}

/** All questions, or one by the coin: a check has no cell that says which. */
function questionsOf({ questionMode, questions, coin }: PickInput): readonly number[] {
  if (questionMode === 'all') return questions;
  return [questions[seededRandom(`question ${coin}`).integer(questions.length)] as number];
}
