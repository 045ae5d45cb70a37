import * as z from 'zod';
import type { Actor } from '#lib/accounts/actor.ts';
import { Prisma, type PrismaClient } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findStudy, type StudyAddress } from '../find-study.ts';
import { exclusionOf } from '../votes/exclusion-of.ts';
import { newestSeq } from '../votes/ranked-votes.ts';
import { raterPseudonym } from '../votes/rater-pseudonym.ts';
import { requestReview } from './request-review.ts';
import { isReviewOf } from './review-raters.ts';
import {
  exclusionCauseSchema,
  type RaterFilter,
  type RaterList,
  type RaterView,
  raterFlagSchema,
  raterQualitySchema,
} from './schema.ts';

const PAGE_SIZE = 50;

/**
 * The raters of a study with a vote that stands, as the newest look found them: flagged ones first, then
 * by votes. Where votes have come since, another look is asked for. Exclusions are as of now.
 */
export async function listRaters(
  platform: Pick<Platform, 'database' | 'queue'>,
  actor: Actor,
  input: StudyAddress & { readonly filter: RaterFilter; readonly page: number },
): Promise<RaterList> {
  const { row: study, spec } = await findStudy(platform, actor, input, 'project.read');
  const { database } = platform;
  const [review, newest, rows, counts] = await Promise.all([
    database.raterReview.findUnique({ where: { studyId: study.id } }),
    newestSeq(database, study.id),
    readPage(database, study.id, input),
    countRaters(database, study.id),
  ]);
  const exclusion = exclusionOf(study);
  const isStale = newest > 0n && !isReviewOf(review, newest, exclusion);
  if (isStale) await requestReview(platform, study.id);
  const histories = await readHistories(
    database,
    rows.map(({ id }) => id),
  );
  return {
    raters: rows.map(({ id, origin, isExcluded, result }) => ({
      ...raterQualitySchema.parse(result),
      ...{ rater: raterPseudonym(study.id, id), origin, isExcluded },
      history: histories.get(id) ?? [],
    })),
    pageSize: PAGE_SIZE,
    counts,
    lookedAt: review?.createdAt.toISOString() ?? null,
    isStale,
    requireFullPlay: spec.requireFullPlay,
    allowTies: spec.allowTies,
  };
}

interface RaterRow {
  readonly id: string;
  readonly origin: RaterView['origin'];
  readonly isExcluded: boolean;
  readonly result: unknown;
}

const FILTERS: Readonly<Record<RaterFilter, Prisma.Sql>> = {
  all: Prisma.sql`true`,
  flagged: Prisma.sql`cardinality(q.flags) > 0`,
  excluded: Prisma.sql`r.is_excluded`,
};

async function readPage(
  database: PrismaClient,
  studyId: number,
  { filter, page }: { readonly filter: RaterFilter; readonly page: number },
): Promise<RaterRow[]> {
  return database.$queryRaw<RaterRow[]>`
    select r.id::text as id, r.origin::text as origin, r.is_excluded as "isExcluded", q.result
    from rater_quality q join rater r on r.id = q.rater_id
    where q.study_id = ${studyId} and ${FILTERS[filter]}
    order by cardinality(q.flags) > 0 and not r.is_excluded desc, cardinality(q.flags) > 0 desc,
      q.votes desc, r.id
    limit ${PAGE_SIZE} offset ${(page - 1) * PAGE_SIZE}`;
}

async function countRaters(database: PrismaClient, studyId: number): Promise<RaterList['counts']> {
  const [row] = await database.$queryRaw<RaterList['counts'][]>`
    select count(*)::int as all, (count(*) filter (where ${FILTERS.flagged}))::int as flagged,
      (count(*) filter (where ${FILTERS.excluded}))::int as excluded
    from rater_quality q join rater r on r.id = q.rater_id where q.study_id = ${studyId}`;
  return row ?? { all: 0, flagged: 0, excluded: 0 };
}

/** What is kept with an exclusion, of which the flags are shown. */
const evidenceSchema = z.object({
  quality: z.object({ flags: z.array(raterFlagSchema) }).optional(),
});

async function readHistories(
  database: PrismaClient,
  raterIds: readonly string[],
): Promise<Map<string, RaterView['history']>> {
  const entries = await database.raterExclusion.findMany({
    where: { raterId: { in: [...raterIds] } },
    orderBy: { seq: 'desc' },
  });
  const users = await database.user.findMany({
    where: { id: { in: entries.flatMap(({ userId }) => userId ?? []) } },
    select: { id: true, name: true },
  });
  const names = new Map(users.map(({ id, name }) => [id, name]));
  const histories = new Map<string, RaterView['history']>();
  for (const entry of entries) {
    const history = histories.get(entry.raterId) ?? [];
    histories.set(entry.raterId, history);
    const { quality } = evidenceSchema.parse(entry.evidence);
    history.push({
      isExcluded: entry.isExcluded,
      because: exclusionCauseSchema.parse(entry.because),
      reason: entry.reason,
      by: (entry.userId && names.get(entry.userId)) || null,
      at: entry.createdAt.toISOString(),
      flags: quality?.flags.map(({ reason }) => reason) ?? [],
    });
  }
  return histories;
}
