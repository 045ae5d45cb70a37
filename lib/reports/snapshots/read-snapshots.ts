import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { winShare } from '#lib/statistics/votes/win-share.ts';
import { exclusionOf } from '#lib/studies/votes/exclusion-of.ts';
import {
  exclusionSchema,
  type VoteBreakdown,
  voteBreakdownSchema,
} from '#lib/studies/votes/schema.ts';
import { decidingMethod } from '../decisions/recommend.ts';
import type { ReadableStudy } from '../read-study.ts';
import {
  type RankingMethod,
  rankingMethodSchema,
  rankingResultSchema,
  type Snapshot,
  type SnapshotHead,
} from '../schema.ts';

const NO_VOTES: VoteBreakdown = {
  people: 0,
  simulated: 0,
  imported: 0,
  surplus: 0,
  trial: 0,
  checks: 0,
  retracted: 0,
  marked: 0,
  raters: 0,
  excluded: [],
  exclusionShifts: [],
};

/** The method that a study's report opens with: ties need a model of ties. */
export function defaultMethod(study: Pick<ReadableStudy, 'spec'>): RankingMethod {
  return decidingMethod(study.spec);
}

export interface SnapshotSet {
  /** One a question in order, then the mean where there are several; empty before the first. */
  readonly snapshots: Snapshot[];
  readonly breakdown: VoteBreakdown;
  readonly head: SnapshotHead | null;
  /** Votes after the newest snapshot's watermark are not ranked yet; 0 before the first. */
  readonly watermark: bigint;
}

/**
 * The rankings of a study by one method: those of a snapshot, or of the newest one under the study's
 * present vote sources.
 *
 * @throws AppError NOT_FOUND for a snapshot that is not this study's.
 */
export async function readSnapshots(
  { database }: Pick<Platform, 'database'>,
  study: ReadableStudy,
  method: RankingMethod,
  snapshotId?: number,
): Promise<SnapshotSet> {
  const exclusion = exclusionOf(study);
  const newest = await database.snapshot.findFirst({
    where: { studyId: study.id, exclusion: { equals: exclusion } },
    orderBy: [{ watermark: 'desc' }, { id: 'desc' }],
    select: { id: true, watermark: true },
  });
  const id = snapshotId ?? newest?.id;
  const watermark = newest?.watermark ?? 0n;
  if (id === undefined) return { snapshots: [], breakdown: NO_VOTES, head: null, watermark };
  const row = await database.snapshot.findFirst({
    where: { id, studyId: study.id },
    omit: { analysis: true },
    include: {
      rankings: { where: { method }, orderBy: { question: { sort: 'asc', nulls: 'last' } } },
    },
  });
  if (!row)
    throw new AppError('NOT_FOUND', `The study "${study.slug}" has no snapshot ${id}.`, {
      reason: 'snapshot',
    });
  const common = {
    id: row.id,
    version: row.version,
    seed: row.seed,
    watermark: String(row.watermark),
    exclusion: exclusionSchema.parse(row.exclusion),
    createdAt: row.createdAt.toISOString(),
  };
  const snapshots = row.rankings.map((ranking): Snapshot => {
    const result = rankingResultSchema.parse(ranking.result);
    return {
      ...result,
      arms: result.arms.map((arm) => {
        const { share, low, high } = winShare(arm.wins, arm.losses, arm.ties);
        return { ...arm, winShare: share, winShareLow: low, winShareHigh: high };
      }),
      ...common,
      question: ranking.question,
      method: rankingMethodSchema.parse(ranking.method),
      votes: ranking.votes,
    };
  });
  return {
    snapshots,
    breakdown: voteBreakdownSchema.parse(row.breakdown),
    // The last is the mean where there are several questions: the votes of all.
    head: {
      ...common,
      votes: snapshots.at(-1)?.votes ?? 0,
      isNewest: row.id === newest?.id,
    },
    watermark,
  };
}
