import { Prisma } from '#lib/platform/database/client.ts';

/**
 * A query for the raters that are excluded at a watermark, `rater_id` and `because`: the newest word
 * on each rater holds. Without a watermark it tells the present state.
 */
export function excludedRaters(studyId: number, watermark?: bigint): Prisma.Sql {
  const until = watermark === undefined ? Prisma.empty : Prisma.sql`AND seq <= ${watermark}`;
  return Prisma.sql`
    SELECT rater_id, because FROM (
      SELECT DISTINCT ON (rater_id) rater_id, is_excluded, because FROM rater_exclusion
      WHERE study_id = ${studyId} ${until}
      ORDER BY rater_id, seq DESC
    ) newest WHERE is_excluded`;
}
