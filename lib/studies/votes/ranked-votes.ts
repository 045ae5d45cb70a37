import { Prisma, type PrismaClient } from '#lib/platform/database/client.ts';
import {
  collectVotes,
  type Outcome,
  type VoteColumns,
} from '#lib/statistics/votes/vote-columns.ts';
import { excludedRaters } from './excluded-raters.ts';
import { propensityWeights } from './propensity-weights.ts';
import type { Exclusion, VoteBreakdown } from './schema.ts';

/** Read at once: large enough to keep round trips few, small enough to keep memory flat. */
const CHUNK = 50_000;

const PROPENSITY = Prisma.sql`,
  (SELECT a.propensity FROM assignment a WHERE a.id = v.assignment_id) AS propensity`;

/** Which votes: those up to the watermark, without the origins that the exclusion names. */
export interface VoteRange {
  readonly studyId: number;
  readonly watermark: bigint;
  readonly exclusion: Exclusion;
  /** Also those of excluded raters, to look at how they answer. */
  readonly keepsExcluded?: boolean | undefined;
  /** Also the chance with which each vote's pair was drawn, which takes a look at its assignment. */
  readonly withPropensity?: boolean | undefined;
}

export interface ScannedVote {
  readonly question: number;
  readonly left: number;
  readonly right: number;
  readonly outcome: Outcome;
  readonly rater: string;
  readonly prompt: number | null;
  readonly isFast: boolean;
  readonly isUnwatched: boolean;
  /** Null for an imported vote, and where it was not asked for. */
  readonly propensity: number | null;
}

interface Chunk {
  last: bigint | null;
  size: bigint;
  questions: number[] | null;
  lefts: number[];
  rights: number[];
  outcomes: Outcome[];
  raters: string[];
  prompts: (number | null)[];
  fasts: boolean[];
  unwatched: boolean[];
  propensities: (number | null)[] | null;
}

/**
 * The votes that enter a ranking, as columns, one set a question, in the order of arrival: counted
 * votes of regular comparisons up to the watermark that no retraction up to the watermark took back,
 * without the origins that the exclusion names and without the raters that are excluded at the
 * watermark. The same arguments give the same columns forever. In an adaptive study each vote weighs
 * one over the chance of its pair: see `propensityWeights`.
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
  const withPropensity = await isAdaptive(database, studyId);
  const propensities: (number | null)[][] = Array.from({ length: questions }, () => []);
  await scanRankedVotes(database, { studyId, watermark, exclusion, withPropensity }, (vote) => {
    const left = arms.get(vote.left);
    const right = arms.get(vote.right);
    if (left === undefined || right === undefined) return;
    if (withPropensity) propensities[vote.question]?.push(vote.propensity);
    collectors[vote.question]?.add({
      left,
      right,
      outcome: vote.outcome,
      rater: vote.rater,
      prompt: vote.prompt === null ? null : String(vote.prompt),
    });
  });
  return collectors.map((collector, question) => {
    const columns = collector.columns();
    const drawn = propensities[question];
    return withPropensity && drawn ? { ...columns, weight: propensityWeights(drawn) } : columns;
  });
}

/** Whether the study chooses pairs by what they teach. */
async function isAdaptive(database: PrismaClient, studyId: number): Promise<boolean> {
  const [row] = await database.$queryRaw<{ adaptive: boolean | null }[]>`
    SELECT spec ->> 'pairChoice' = 'adaptive' AS adaptive FROM study WHERE id = ${studyId}`;
  return row?.adaptive === true;
}

/** Hands over one by one the votes that enter a ranking, in the order of arrival. */
export async function scanRankedVotes(
  database: PrismaClient,
  { studyId, watermark, exclusion, keepsExcluded = false, withPropensity = false }: VoteRange,
  take: (vote: ScannedVote) => void,
): Promise<void> {
  let after = -1n;
  for (;;) {
    const [chunk] = await database.$queryRaw<Chunk[]>`
      SELECT max(seq) AS last, count(*) AS size,
        array_agg(question ORDER BY seq) AS questions,
        array_agg(left_arm_id ORDER BY seq) AS lefts,
        array_agg(right_arm_id ORDER BY seq) AS rights,
        array_agg(outcome::text ORDER BY seq) AS outcomes,
        array_agg(rater_id::text ORDER BY seq) AS raters,
        array_agg(prompt_id ORDER BY seq) AS prompts,
        array_agg('too_fast' = ANY(marks) ORDER BY seq) AS fasts,
        array_agg('unwatched' = ANY(marks) ORDER BY seq) AS unwatched,
        ${withPropensity ? Prisma.sql`array_agg(propensity ORDER BY seq)` : Prisma.sql`NULL`}
          AS propensities
      FROM (
        SELECT v.*${withPropensity ? PROPENSITY : Prisma.empty} FROM vote v
        WHERE v.study_id = ${studyId} AND v.seq > ${after} AND v.seq <= ${watermark}
          AND v.status = 'counted' AND v.kind = 'regular'
          AND (v.origin <> 'simulated' OR NOT ${exclusion.simulated})
          AND (v.origin <> 'imported' OR NOT ${exclusion.imported})
          AND (${keepsExcluded} OR v.rater_id NOT IN (
            SELECT rater_id FROM (${excludedRaters(studyId, watermark)}) excluded))
          AND NOT EXISTS (
            SELECT 1 FROM retraction r WHERE r.vote_seq = v.seq AND r.seq <= ${watermark})
        ORDER BY v.seq LIMIT ${CHUNK}
      ) votes`;
    if (!chunk?.questions || chunk.last === null) return;
    for (let i = 0; i < chunk.questions.length; i++)
      take({
        question: chunk.questions[i] as number,
        left: chunk.lefts[i] as number,
        right: chunk.rights[i] as number,
        outcome: chunk.outcomes[i] as Outcome,
        rater: chunk.raters[i] as string,
        prompt: chunk.prompts[i] ?? null,
        isFast: chunk.fasts[i] === true,
        isUnwatched: chunk.unwatched[i] === true,
        propensity: chunk.propensities?.[i] ?? null,
      });
    after = chunk.last;
    if (chunk.size < CHUNK) return;
  }
}

/**
 * The highest sequence number such that no vote below it can still appear: the lock waits for the
 * votes, retractions and exclusions being written, which took their numbers before they commit.
 */
export async function takeWatermark(database: PrismaClient, studyId: number): Promise<bigint> {
  return database.$transaction(async (transaction) => {
    await transaction.$executeRaw`LOCK TABLE vote, retraction, rater_exclusion IN SHARE MODE`;
    return newestSeq(transaction, studyId);
  });
}

/**
 * The sequence number of the study's newest vote, retraction or exclusion of a rater; 0 without any. Trial votes are left
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
        ORDER BY r.seq DESC LIMIT 1), 0),
      coalesce((SELECT seq FROM rater_exclusion WHERE study_id = ${studyId}
        ORDER BY seq DESC LIMIT 1), 0)) AS seq`;
  return row?.seq ?? 0n;
}

type CountKey = Exclude<keyof VoteBreakdown, 'excluded' | 'exclusionShifts'>;
type Counts = Record<CountKey, bigint> & {
  readonly excluded: VoteBreakdown['excluded'] | null;
};

/** Counts every sort of vote up to the watermark, ranked or not. Shifts of exclusions are not its part. */
export async function countVotes(
  database: PrismaClient,
  studyId: number,
  watermark: bigint,
): Promise<VoteBreakdown> {
  const [row] = await database.$queryRaw<Counts[]>`
    WITH votes AS (
      SELECT v.status, v.origin, v.marks, v.rater_id, r.seq IS NOT NULL AS retracted, e.because,
        v.status = 'counted' AND v.kind = 'regular' AND r.seq IS NULL AS counts
      FROM vote v LEFT JOIN retraction r ON r.vote_seq = v.seq AND r.seq <= ${watermark}
        LEFT JOIN (${excludedRaters(studyId, watermark)}) e ON e.rater_id = v.rater_id
      WHERE v.study_id = ${studyId} AND v.seq <= ${watermark}
    ), excluded AS (
      SELECT because, count(*) AS votes, count(DISTINCT rater_id) AS raters
      FROM votes WHERE counts AND because IS NOT NULL GROUP BY because
    )
    SELECT
      count(*) FILTER (WHERE ranked AND origin = 'link') AS people,
      count(*) FILTER (WHERE ranked AND origin = 'simulated') AS simulated,
      count(*) FILTER (WHERE ranked AND origin = 'imported') AS imported,
      count(*) FILTER (WHERE status = 'surplus' AND NOT retracted) AS surplus,
      count(*) FILTER (WHERE status = 'trial' AND NOT retracted) AS trial,
      count(*) FILTER (WHERE status = 'check' AND NOT retracted) AS checks,
      count(*) FILTER (WHERE retracted) AS retracted,
      count(*) FILTER (WHERE ranked AND marks <> '{}') AS marked,
      count(DISTINCT rater_id) FILTER (WHERE ranked) AS raters,
      (SELECT jsonb_agg(to_jsonb(e) ORDER BY e.votes DESC, e.because) FROM excluded e) AS excluded
    FROM (SELECT *, counts AND because IS NULL AS ranked FROM votes) votes`;
  const count = (key: CountKey) => Number(row?.[key] ?? 0);
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
    excluded: row?.excluded ?? [],
    exclusionShifts: [],
  };
}
