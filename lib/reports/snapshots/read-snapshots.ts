import type { Platform } from '#lib/platform/platform.ts';
import { winShare } from '#lib/statistics/votes/win-share.ts';
import { type VoteBreakdown, voteBreakdownSchema } from '#lib/studies/votes/schema.ts';
import type { ReadableStudy } from '../read-study.ts';
import {
  type RankingMethod,
  rankingMethodSchema,
  rankingResultSchema,
  type Snapshot,
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
};

/** The method that a study's report opens with: ties need a model of ties. */
export function defaultMethod(study: Pick<ReadableStudy, 'spec'>): RankingMethod {
  return study.spec.allowTies ? 'davidson' : 'bradley-terry';
}

/**
 * The newest set of snapshots of a study for one method under its present vote sources: one a
 * question in order, then the mean where there are several questions. Empty before the first.
 */
export async function readSnapshots(
  platform: Pick<Platform, 'database'>,
  study: ReadableStudy,
  method: RankingMethod,
): Promise<{ snapshots: Snapshot[]; breakdown: VoteBreakdown; watermark: bigint }> {
  const newest = await platform.database.snapshot.findFirst({
    where: {
      studyId: study.id,
      exclusion: { equals: { simulated: !study.countSimulated, imported: !study.countImported } },
    },
    orderBy: [{ watermark: 'desc' }, { id: 'desc' }],
    include: {
      rankings: { where: { method }, orderBy: { question: { sort: 'asc', nulls: 'last' } } },
    },
  });
  if (!newest) return { snapshots: [], breakdown: NO_VOTES, watermark: 0n };
  const breakdown = voteBreakdownSchema.parse(newest.breakdown);
  const snapshots = newest.rankings.map((row): Snapshot => {
    const result = rankingResultSchema.parse(row.result);
    return {
      ...result,
      arms: result.arms.map((arm) => {
        const { share, low, high } = winShare(arm.wins, arm.losses, arm.ties);
        return { ...arm, winShare: share, winShareLow: low, winShareHigh: high };
      }),
      id: newest.id,
      question: row.question,
      method: rankingMethodSchema.parse(row.method),
      version: newest.version,
      seed: newest.seed,
      watermark: String(newest.watermark),
      exclusion: { simulated: !study.countSimulated, imported: !study.countImported },
      votes: row.votes,
      createdAt: newest.createdAt.toISOString(),
    };
  });
  return { snapshots, breakdown, watermark: newest.watermark };
}
