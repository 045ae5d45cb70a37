import type { PrismaClient } from '#lib/platform/database/client.ts';
import { excludedRaters } from '../votes/excluded-raters.ts';
import type { Exclusion } from '../votes/schema.ts';
import type { ExclusionCause } from './schema.ts';

/**
 * The votes of those raters who are excluded for one cause, or of those who are not (`null`): how many
 * there are in the older and in the newer half of the study's votes, and over the raters the sums of the
 * squares and of the product of these two numbers.
 */
export interface HalfSums {
  readonly because: ExclusionCause | null;
  readonly raters: number;
  readonly before: number;
  readonly after: number;
  readonly beforeSquared: number;
  readonly afterSquared: number;
  readonly product: number;
}

/** Sums the votes that would be ranked if nobody were excluded, by half and by what excludes them. */
export async function sumHalves(
  database: PrismaClient,
  studyId: number,
  watermark: bigint,
  exclusion: Exclusion,
): Promise<HalfSums[]> {
  return database.$queryRaw<HalfSums[]>`
    WITH votes AS (
      SELECT v.rater_id, row_number() OVER (ORDER BY v.seq) * 2 > count(*) OVER () AS is_newer
      FROM vote v
      WHERE v.study_id = ${studyId} AND v.seq <= ${watermark}
        AND v.status = 'counted' AND v.kind = 'regular'
        AND (v.origin <> 'simulated' OR NOT ${exclusion.simulated})
        AND (v.origin <> 'imported' OR NOT ${exclusion.imported})
        AND NOT EXISTS (
          SELECT 1 FROM retraction r WHERE r.vote_seq = v.seq AND r.seq <= ${watermark})
    ), raters AS (
      SELECT rater_id, (count(*) FILTER (WHERE NOT is_newer))::float AS before,
        (count(*) FILTER (WHERE is_newer))::float AS after
      FROM votes GROUP BY rater_id
    )
    SELECT e.because, count(*)::int AS raters, sum(before) AS before, sum(after) AS after,
      sum(before * before) AS "beforeSquared", sum(after * after) AS "afterSquared",
      sum(before * after) AS product
    FROM raters LEFT JOIN (${excludedRaters(studyId, watermark)}) e USING (rater_id)
    GROUP BY e.because ORDER BY e.because NULLS FIRST`;
}
