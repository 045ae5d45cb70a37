import type { PrismaClient } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { runInThread, threadTask } from '#lib/platform/threads/threads.ts';
import { STATISTICS_VERSION } from '#lib/statistics/ranking/ranking.ts';
import { votesBuffers } from '#lib/statistics/votes/votes-buffers.ts';
import { type StudySpec, studySpecSchema } from '../schema.ts';
import { excludedRaters } from '../votes/excluded-raters.ts';
import { exclusionOf } from '../votes/exclusion-of.ts';
import { takeWatermark } from '../votes/ranked-votes.ts';
import type { Exclusion } from '../votes/schema.ts';
import type { JudgeInput, Judgement } from './judge-raters.ts';
import type { run } from './judge-thread.ts';
import { countRaterFacts, type RaterFacts } from './rater-facts.ts';
import { readAnswers } from './read-answers.ts';
import type { RaterQuality } from './schema.ts';

const judgeTask = threadTask<typeof run>('lib/studies/quality/judge-thread.ts', 1800);

/** Rows of one statement. */
const BATCH = 2000;
const WRITE_LIMIT_MS = 120_000;

/**
 * Looks at how each rater of a study answers and replaces what the look before said. Flags change
 * nothing by themselves. Where no vote has come since, nothing is done.
 */
export async function reviewRaters(
  platform: Pick<Platform, 'database' | 'log'>,
  studyId: number,
  signal?: AbortSignal,
): Promise<void> {
  const { database, log } = platform;
  const study = await database.study.findUnique({
    where: { id: studyId },
    include: { arms: { orderBy: { position: 'asc' } }, raterReview: true },
  });
  if (!study) return;
  const exclusion = exclusionOf(study);
  const watermark = await takeWatermark(database, studyId);
  if (watermark === 0n) return;
  if (isReviewOf(study.raterReview, watermark, exclusion)) return;

  const startedAt = performance.now();
  const facts = await countRaterFacts(database, studyId, watermark);
  const range = { studyId, watermark, exclusion };
  const arms = new Map(study.arms.map((arm) => [arm.id, arm.name]));
  const spec = studySpecSchema.parse(study.spec);
  const input = await readInput(database, range, spec, arms, facts);
  const judged = await runInThread(judgeTask, input, {
    signal,
    transfer: input.questions.flatMap(votesBuffers),
  });
  const milliseconds = Math.round(performance.now() - startedAt);
  const review = { version: STATISTICS_VERSION, watermark, exclusion, milliseconds };
  await database.$transaction(
    async (transaction) => {
      await transaction.raterReview.upsert({
        where: { studyId },
        create: { studyId, ...review },
        update: { ...review, createdAt: new Date() },
      });
      await transaction.raterQuality.deleteMany({ where: { studyId } });
      for (let start = 0; start < facts.length; start += BATCH)
        await transaction.raterQuality.createMany({
          data: facts.slice(start, start + BATCH).map((fact) => {
            const result = qualityOf(fact, judged.get(fact.raterId));
            const flags = result.flags.map(({ code }) => code);
            return { raterId: fact.raterId, studyId, flags, votes: fact.votes, result };
          }),
        });
    },
    { timeout: WRITE_LIMIT_MS },
  );
  log.info({ studyId, raters: facts.length, milliseconds }, "looked at a study's raters");
}

/** Whether a look was at these very votes. */
export function isReviewOf(
  review: { version: string; watermark: bigint; exclusion: unknown } | null,
  watermark: bigint,
  { simulated, imported }: Exclusion,
): boolean {
  if (review === null || review.version !== STATISTICS_VERSION) return false;
  const of = review.exclusion as Partial<Exclusion>;
  return review.watermark === watermark && of.simulated === simulated && of.imported === imported;
}

async function readInput(
  database: PrismaClient,
  range: { studyId: number; watermark: bigint; exclusion: Exclusion },
  spec: StudySpec,
  arms: ReadonlyMap<number, string>,
  facts: readonly RaterFacts[],
): Promise<JudgeInput> {
  const known = new Set(facts.map(({ raterId }) => raterId));
  const sets = await readAnswers(database, range, spec.questions.length, arms, known);
  const excluded = await database.$queryRaw<{ id: string }[]>`
    SELECT rater_id::text AS id FROM (${excludedRaters(range.studyId, range.watermark)}) e`;
  return {
    questions: sets.map(({ votes }) => votes),
    fast: sets.map(({ fast }) => fast),
    unwatched: sets.map(({ unwatched }) => (spec.requireFullPlay ? unwatched : null)),
    gold: new Map(
      facts
        .filter(({ goldSeen }) => goldSeen > 0)
        .map((fact) => [fact.raterId, { seen: fact.goldSeen, missed: fact.goldFailed }]),
    ),
    excluded: new Set(excluded.map(({ id }) => id)),
    allowTies: spec.allowTies,
  };
}

function qualityOf(fact: RaterFacts, judgement: Judgement | undefined): RaterQuality {
  return {
    votes: fact.votes,
    surplus: fact.surplus,
    pairs: fact.pairs,
    firstSeen: fact.firstSeen.toISOString(),
    lastSeen: fact.lastSeen.toISOString(),
    medianSeconds: fact.medianSeconds,
    gold: { seen: fact.goldSeen, failed: fact.goldFailed },
    repeats: { seen: fact.repeatsSeen, failed: fact.repeatsFailed },
    same: { seen: fact.sameSeen, failed: fact.sameFailed },
    // What browsers measure is unknown of votes that were cast elsewhere.
    answers: judgement?.answers
      ? {
          ...judgement.answers,
          ...(fact.medianSeconds === null ? { fastShare: null, unwatchedShare: null } : {}),
        }
      : null,
    flags: judgement?.flags ?? [],
    influence: judgement?.influence ?? null,
  };
}
