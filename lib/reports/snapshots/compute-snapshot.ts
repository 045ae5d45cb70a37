import type { Prisma, PrismaClient } from '#lib/platform/database/client.ts';
import { runInThread, threadTask } from '#lib/platform/threads/threads.ts';
import { votesBuffers } from '#lib/statistics/votes/votes-buffers.ts';
import { sumHalves } from '#lib/studies/quality/exclusion-halves.ts';
import { studySpecSchema } from '#lib/studies/schema.ts';
import { countVotes, readRankedVotes } from '#lib/studies/votes/ranked-votes.ts';
import type { Exclusion, VoteBreakdown } from '#lib/studies/votes/schema.ts';
import { exclusionShifts } from '../analysis/exclusion-share.ts';
import { readFacts } from '../analysis/read-facts.ts';
import type { Analysis } from '../analysis/schema.ts';
import type { StoredRanking } from './compute-ranking.ts';
import type { run } from './rank-thread.ts';

/** 2 M votes take some ten seconds, 300 arms a minute. */
const rankTask = threadTask<typeof run>('lib/reports/snapshots/rank-thread.ts', 1800);

/** What a snapshot is made from: the same basis gives the same digits. */
export interface SnapshotBasis {
  /** With its arms in the order of their position. */
  readonly study: Prisma.StudyGetPayload<{ include: { arms: true } }>;
  readonly watermark: bigint;
  readonly exclusion: Exclusion;
  readonly seed: number;
}

export interface ComputedSnapshot {
  readonly breakdown: VoteBreakdown;
  readonly rankings: readonly StoredRanking[];
  readonly analysis: Analysis;
}

/** Computes from the raw votes all that a snapshot keeps, and writes nothing. */
export async function computeSnapshot(
  database: PrismaClient,
  { study, watermark, exclusion, seed }: SnapshotBasis,
  signal?: AbortSignal,
): Promise<ComputedSnapshot> {
  const spec = studySpecSchema.parse(study.spec);
  const arms = new Map(study.arms.map((arm) => [arm.id, arm.name]));
  const votes = await readRankedVotes(
    database,
    study.id,
    spec.questions.length,
    arms,
    watermark,
    exclusion,
  );
  const breakdown = {
    ...(await countVotes(database, study.id, watermark)),
    exclusionShifts: exclusionShifts(await sumHalves(database, study.id, watermark, exclusion)),
  };
  const facts = await readFacts(database, { id: study.id, spec }, watermark, exclusion);
  // In a thread, so that this process keeps telling the queue that it is alive.
  const { rankings, analysis } = await runInThread(
    rankTask,
    { questions: votes, seed, facts },
    { signal, transfer: votes.flatMap(votesBuffers) },
  );
  return { breakdown, rankings, analysis };
}
