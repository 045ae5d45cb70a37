import type { PrismaClient } from '#lib/platform/database/client.ts';

/** What can be counted of a rater without a model. */
export interface RaterFacts {
  readonly raterId: string;
  readonly votes: number;
  readonly surplus: number;
  readonly pairs: number;
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  readonly medianSeconds: number | null;
  readonly sameSeen: number;
  readonly sameFailed: number;
  readonly goldSeen: number;
  readonly goldFailed: number;
  readonly repeatsSeen: number;
  readonly repeatsFailed: number;
}

/**
 * Counts what each rater of a study did up to a watermark, trials and votes taken back left out. Imported
 * votes that name no rater belong to nobody.
 *
 * A pair with a known answer is missed when most of the rater's answers to it are wrong (a tie is): one
 * slip among several questions is none. A repeated answer has changed when another arm wins, or a tie
 * comes or goes.
 */
export async function countRaterFacts(
  database: PrismaClient,
  studyId: number,
  watermark: bigint,
): Promise<RaterFacts[]> {
  return database.$queryRaw<RaterFacts[]>`
    WITH standing AS (
      SELECT v.*, CASE v.outcome WHEN 'left' THEN v.left_arm_id WHEN 'right' THEN v.right_arm_id
        END AS winner
      FROM vote v JOIN rater r ON r.id = v.rater_id
      WHERE v.study_id = ${studyId} AND v.seq <= ${watermark} AND v.status <> 'trial'
        AND NOT EXISTS (
          SELECT 1 FROM retraction t WHERE t.vote_seq = v.seq AND t.seq <= ${watermark})
    ), counts AS (
      SELECT rater_id, (count(*) FILTER (WHERE status = 'counted'))::int AS votes,
        (count(*) FILTER (WHERE status = 'surplus'))::int AS surplus,
        count(DISTINCT coalesce(assignment_id::text, seq::text))::int AS pairs,
        min(created_at) AS first_seen, max(created_at) AS last_seen,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY decision_ms) / 1000 AS median_seconds,
        (count(*) FILTER (WHERE kind = 'same'))::int AS same_seen,
        (count(*) FILTER (WHERE kind = 'same' AND outcome <> 'tie'))::int AS same_failed
      FROM standing GROUP BY rater_id
    ), gold_pairs AS (
      SELECT v.rater_id, sum(CASE WHEN v.winner = CASE k.expected WHEN 'a' THEN k.arm_a_id
        ELSE k.arm_b_id END THEN 1 ELSE -1 END) < 0 AS is_missed
      FROM standing v JOIN comparison k ON k.id = v.comparison_id
      WHERE v.kind = 'gold' GROUP BY v.rater_id, v.assignment_id
    ), gold AS (
      SELECT rater_id, count(*)::int AS seen, (count(*) FILTER (WHERE is_missed))::int AS failed
      FROM gold_pairs GROUP BY rater_id
    ), repeats AS (
      SELECT v.rater_id, count(*)::int AS seen,
        (count(*) FILTER (WHERE v.winner IS DISTINCT FROM o.winner))::int AS failed
      FROM standing v JOIN comparison k ON k.id = v.comparison_id
        JOIN comparison f ON f.study_id = k.study_id AND f.prompt_id = k.prompt_id
          AND f.arm_a_id = k.arm_a_id AND f.arm_b_id = k.arm_b_id AND f.kind = 'regular'
        JOIN standing o ON o.rater_id = v.rater_id AND o.comparison_id = f.id
          AND o.question = v.question
      WHERE v.kind = 'repeat' GROUP BY v.rater_id
    )
    SELECT c.rater_id::text AS "raterId", c.votes, c.surplus, c.pairs, c.first_seen AS "firstSeen",
      c.last_seen AS "lastSeen", c.median_seconds AS "medianSeconds", c.same_seen AS "sameSeen",
      c.same_failed AS "sameFailed", coalesce(g.seen, 0) AS "goldSeen",
      coalesce(g.failed, 0) AS "goldFailed", coalesce(p.seen, 0) AS "repeatsSeen",
      coalesce(p.failed, 0) AS "repeatsFailed"
    FROM counts c LEFT JOIN gold g USING (rater_id) LEFT JOIN repeats p USING (rater_id)`;
}
