import type { PrismaClient } from '#lib/platform/database/client.ts';

const VOTES_PER_RATER = 20;

/**
 * Brings an open study with two questions to a number of votes by plain SQL, as if raters of 20 votes
 * each had gone through it evenly; earlier votes count in.
 */
export async function fillWithVotes(
  database: PrismaClient,
  studyId: number,
  total: number,
): Promise<void> {
  const from = await database.vote.count({ where: { studyId } });
  const raters = Math.ceil((total - from) / VOTES_PER_RATER);
  await database.$executeRaw`
    create table bench_plan as
      select id, row_number() over (order by id) - 1 as place from comparison
      where study_id = ${studyId} and kind = 'regular'`;
  const comparisons = await database.comparison.count({ where: { studyId } });
  await database.$executeRaw`
    create table bench_vote as
    select ${from}::int + i as i, gen_random_uuid() as assignment_id, r.id as rater_id, k.id as comparison_id,
      ((${from}::int + i) / ${comparisons}::int) % 2 as question, k.prompt_id,
      k.arm_a_id, k.arm_b_id, random() < 0.5 as a_on_left
    from (select gen_random_uuid() as id, n - 1 as number from generate_series(1, ${raters}::int) n) r
      cross join lateral (select r.number * ${VOTES_PER_RATER}::int + j as i
        from generate_series(0, ${VOTES_PER_RATER - 1}::int) j) v
      join bench_plan p on p.place = (${from}::int + v.i) % ${comparisons}::int
      join comparison k on k.id = p.id
    where ${from}::int + v.i < ${total}::int`;
  await database.$executeRaw`
    insert into rater (id, study_id, origin, credited)
    select rater_id, ${studyId}, 'link', count(*) from bench_vote group by rater_id`;
  await database.$executeRaw`
    insert into assignment (id, study_id, comparison_id, rater_id, state, questions, a_on_left,
      propensity, lease_expires_at)
    select assignment_id, ${studyId}, comparison_id, rater_id, 'done', array[question], a_on_left, 1,
      now() from bench_vote`;
  await database.$executeRaw`
    insert into vote (study_id, assignment_id, comparison_id, prompt_id, rater_id, question, status,
      origin, left_arm_id, right_arm_id, outcome)
    select ${studyId}, assignment_id, comparison_id, prompt_id, rater_id, question, 'counted', 'link',
      case when a_on_left then arm_a_id else arm_b_id end,
      case when a_on_left then arm_b_id else arm_a_id end,
      (array['left', 'right', 'tie'])[1 + floor(random() * 3)]::"Outcome"
    from bench_vote order by i`;
  await database.$executeRaw`
    update cell c set counted = counted + n.votes, load = load + n.votes
    from (select comparison_id, question, count(*)::int as votes from bench_vote
      group by comparison_id, question) n
    where c.comparison_id = n.comparison_id and c.question = n.question`;
  await database.$executeRaw`drop table bench_vote, bench_plan`;
  await database.$executeRawUnsafe('vacuum analyze');
}
