import type { PrismaClient } from '#lib/platform/database/client.ts';
import { collectVotes, type VoteColumns } from '#lib/statistics/votes/vote-columns.ts';
import type { Exclusion, VoteBreakdown } from './schema.ts';

/** Read at once: large enough to keep round trips few, small enough to keep memory flat. */
const CHUNK = 50_000;

interface Chunk {
  last: bigint | null;
  size: bigint;
  questions: number[] | null;
  lefts: number[];
  rights: number[];
  outcomes: ('left' | 'right' | 'tie')[];
  raters: string[];
  prompts: (number | null)[];
}

/**
 * The votes that enter a ranking, as columns, one set a question, in the order of arrival: counted
 * votes of regular comparisons up to the watermark that no retraction up to the watermark took back,
 * without the origins that the exclusion names. The same arguments give the same columns forever.
 *
 * @param arms names by arm id; every one is in the columns even without a vote.
 */
export async function readRankedVotes(
  database: PrismaClient,
  studyId: number,
  questions: number,
  arms: ReadonlyMap<number, string>,
  watermark: bigint,
  exclusion: Exclusion,
): Promise<VoteColumns[]> {
  const names = [...arms.values()];
  const collectors = Array.from({ length: questions }, () => collectVotes(names));
  let after = -1n;
  for (;;) {
    const [chunk] = await database.$queryRaw<Chunk[]>`
      SELECT max(seq) AS last, count(*) AS size,
        array_agg(question ORDER BY seq) AS questions,
        array_agg(left_arm_id ORDER BY seq) AS lefts,
        array_agg(right_arm_id ORDER BY seq) AS rights,
        array_agg(outcome::text ORDER BY seq) AS outcomes,
        array_agg(rater_id::text ORDER BY seq) AS raters,
        array_agg(prompt_id ORDER BY seq) AS prompts
      FROM (
        SELECT * FROM vote v
        WHERE v.study_id = ${studyId} AND v.seq > ${after} AND v.seq <= ${watermark}
          AND v.status = 'counted' AND v.kind = 'regular'
          AND (v.origin <> 'simulated' OR NOT ${exclusion.simulated})
          AND (v.origin <> 'imported' OR NOT ${exclusion.imported})
          AND NOT EXISTS (
            SELECT 1 FROM retraction r WHERE r.vote_seq = v.seq AND r.seq <= ${watermark})
        ORDER BY v.seq LIMIT ${CHUNK}
      ) votes`;
    if (!chunk?.questions || chunk.last === null) break;
    for (let i = 0; i < chunk.questions.length; i++) {
      const left = arms.get(chunk.lefts[i] as number);
      const right = arms.get(chunk.rights[i] as number);
      const collector = collectors[chunk.questions[i] as number];
      if (left === undefined || right === undefined || !collector) continue;
      const prompt = chunk.prompts[i];
      collector.add({
        left,
        right,
        outcome: chunk.outcomes[i] as 'left' | 'right' | 'tie',
        rater: chunk.raters[i] as string,
        prompt: prompt == null ? null : String(prompt),
      });
    }
    after = chunk.last;
    if (chunk.size < CHUNK) break;
  }
  return collectors.map((collector) => collector.columns());
}

/**
 * The highest sequence number such that no vote below it can still appear: the lock waits for the
 * votes being written, which took their numbers before they commit.
 */
export async function takeWatermark(database: PrismaClient, studyId: number): Promise<bigint> {
  return database.$transaction(async (transaction) => {
    await transaction.$executeRaw`LOCK TABLE vote, retraction IN SHARE MODE`;
    return newestSeq(transaction, studyId);
  });
}

/**
 * The sequence number of the study's newest vote or retraction; 0 without any. Trial votes are left
 * out: nobody ranks again for them, and they change nothing.
 */
export async function newestSeq(
  database: Pick<PrismaClient, '$queryRaw'>,
  studyId: number,
): Promise<bigint> {
  const [row] = await database.$queryRaw<{ seq: bigint }[]>`
    SELECT greatest(
      coalesce((SELECT seq FROM vote WHERE study_id = ${studyId} AND status <> 'trial'
        ORDER BY seq DESC LIMIT 1), 0),
      coalesce((SELECT r.seq FROM retraction r JOIN vote v ON v.seq = r.vote_seq
        WHERE r.study_id = ${studyId} AND v.status <> 'trial'
        ORDER BY r.seq DESC LIMIT 1), 0)) AS seq`;
  return row?.seq ?? 0n;
}

/** Counts every sort of vote up to the watermark, ranked or not. */
export async function countVotes(
  database: PrismaClient,
  studyId: number,
  watermark: bigint,
): Promise<VoteBreakdown> {
  const [row] = await database.$queryRaw<Record<keyof VoteBreakdown, bigint>[]>`
    SELECT
      count(*) FILTER (WHERE ranked AND origin = 'link') AS people,
      count(*) FILTER (WHERE ranked AND origin = 'simulated') AS simulated,
      count(*) FILTER (WHERE ranked AND origin = 'imported') AS imported,
      count(*) FILTER (WHERE status = 'surplus' AND NOT retracted) AS surplus,
      count(*) FILTER (WHERE status = 'trial' AND NOT retracted) AS trial,
      count(*) FILTER (WHERE status = 'check' AND NOT retracted) AS checks,
      count(*) FILTER (WHERE retracted) AS retracted,
      count(*) FILTER (WHERE ranked AND marks <> '{}') AS marked,
      count(DISTINCT rater_id) FILTER (WHERE ranked) AS raters
    FROM (
      SELECT v.*, r.seq IS NOT NULL AS retracted,
        v.status = 'counted' AND v.kind = 'regular' AND r.seq IS NULL AS ranked
      FROM vote v LEFT JOIN retraction r ON r.vote_seq = v.seq AND r.seq <= ${watermark}
      WHERE v.study_id = ${studyId} AND v.seq <= ${watermark}
    ) votes`;
  const count = (key: keyof VoteBreakdown) => Number(row?.[key] ?? 0);
  return {
    people: count('people'),
    simulated: count('simulated'),
    imported: count('imported'),
    surplus: count('surplus'),
    trial: count('trial'),
    checks: count('checks'),
    retracted: count('retracted'),
    marked: count('marked'),
    raters: count('raters'),
  };
}
