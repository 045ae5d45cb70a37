import { expect, test } from 'vitest';
import { openTestPlatform } from '#tests/factories/platform.ts';
import { joinAsRater, voteOn } from '#tests/factories/rater.ts';
import { makeStudy } from '#tests/factories/study.ts';

// `npm run drill -- V4` sets the stated count.
const ASSIGNMENTS = Number(process.env.V4_ASSIGNMENTS ?? 600);
/** The 99th percentile of chi-square with one degree of freedom. */
const CHI_SQUARE_LIMIT = 6.635;

const platform = await openTestPlatform();

test(`V4: over ${ASSIGNMENTS} assignments each arm of each pair is on the left half of the time`, {
  timeout: 600_000,
}, async () => {
  const votesPerCell = 5;
  const study = await makeStudy(platform, {
    arms: ['one', 'two', 'three', 'four'],
    prompts: Math.ceil(ASSIGNMENTS / 6 / 2 / votesPerCell),
    spec: { votesPerCell, session: { pairs: 30 } },
  });
  let assigned = 0;
  while (assigned < ASSIGNMENTS) {
    const raters = await Promise.all(
      Array.from({ length: 10 }, () => joinAsRater(platform, study.joinCode)),
    );
    const counts = await Promise.all(
      raters.map(async (rater) => {
        for (let count = 0; ; ) {
          const { assignments } = await rater.draw();
          if (assignments.length === 0) return count;
          for (const assignment of assignments) await rater.vote(voteOn(assignment));
          count += assignments.length;
        }
      }),
    );
    const sum = counts.reduce((total, count) => total + count, 0);
    if (sum === 0) break;
    assigned += sum;
  }
  const pairs = await platform.database.$queryRaw<{ left: number; right: number }[]>`
    select (count(*) filter (where a.a_on_left))::int as left,
      (count(*) filter (where not a.a_on_left))::int as right
    from assignment a join comparison k on k.id = a.comparison_id
    where a.study_id = ${study.id} group by k.arm_a_id, k.arm_b_id`;
  expect(pairs).toHaveLength(6);
  for (const { left, right } of pairs) {
    const chiSquare = (left - right) ** 2 / (left + right);
    expect(chiSquare).toBeLessThan(CHI_SQUARE_LIMIT);
  }
  const left = pairs.reduce((sum, pair) => sum + pair.left, 0);
  const all = pairs.reduce((sum, pair) => sum + pair.left + pair.right, 0);
  expect(all).toBeGreaterThanOrEqual(ASSIGNMENTS);
  expect(Math.abs(left / all - 0.5)).toBeLessThan(0.015 * Math.sqrt(10_000 / all));
});
