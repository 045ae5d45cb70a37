import type { PrismaClient } from '#lib/platform/database/client.ts';
import type { ReportView } from './schema.ts';

/** The newest shown; a study with more has a problem that these name already. */
const MOST = 100;

/** Pairs that raters reported as broken, newest first, with the videos that they are made of. */
export async function listBrokenReports(
  database: PrismaClient,
  studyId: number,
): Promise<ReportView['brokenReports']> {
  const rows = await database.$queryRaw<
    { prompt: string; left: string; right: string; problem: string | null; leasedAt: Date }[]
  >`
    SELECT p.key AS prompt, s.problem, s.leased_at AS "leasedAt",
      CASE WHEN s.a_on_left THEN a.name ELSE b.name END AS left,
      CASE WHEN s.a_on_left THEN b.name ELSE a.name END AS right
    FROM assignment s
      JOIN comparison k ON k.id = s.comparison_id
      JOIN prompt p ON p.id = k.prompt_id
      JOIN arm a ON a.id = k.arm_a_id
      JOIN arm b ON b.id = k.arm_b_id
    WHERE s.study_id = ${studyId} AND s.state = 'broken'
    ORDER BY s.leased_at DESC LIMIT ${MOST}`;
  return rows.map(({ prompt, left, right, problem, leasedAt }) => ({
    prompt,
    left,
    right,
    problem: problem ?? '',
    shownAt: leasedAt.toISOString(),
  }));
}
