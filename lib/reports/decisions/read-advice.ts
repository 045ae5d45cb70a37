import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { runInThread, threadTask } from '#lib/platform/threads/threads.ts';
import { exclusionOf } from '#lib/studies/votes/exclusion-of.ts';
import { keepResults } from '../keep-results.ts';
import type { ReadableStudy } from '../read-study.ts';
import { rankingResultSchema } from '../schema.ts';
import type { run } from './advice-thread.ts';
import { decidingMethod } from './recommend.ts';
import type { Advice } from './schema.ts';

const adviceTask = threadTask<typeof run>('lib/reports/decisions/advice-thread.ts', 120);
const keepAdvice = keepResults<Advice | null>();

type Study = Pick<ReadableStudy, 'id' | 'slug' | 'spec' | 'countSimulated' | 'countImported'>;

/** A snapshot of a study. */
export interface SnapshotVotes {
  readonly snapshot: { id: number; watermark: bigint; createdAt: Date };
  /** Of the questions that decide. */
  readonly votes: number;
}

/** A snapshot and what the study's rule says of it. */
export interface SnapshotAdvice extends SnapshotVotes {
  readonly advice: Advice;
}

/**
 * The advice on a snapshot of a study, or on the newest one under its present vote sources.
 *
 * @returns null without levels to decide between, and before the first snapshot.
 * @throws AppError NOT_FOUND for a snapshot that is not this study's.
 */
export async function readAdvice(
  { database }: Pick<Platform, 'database'>,
  study: Study,
  snapshotId?: number,
): Promise<SnapshotAdvice | null> {
  const found = await findSnapshot(database, study, snapshotId);
  if (!found) return null;
  const { rankings, seed, ...votes } = found;
  const { axis, arms, questions, decision } = study.spec;
  // It takes a simulation: not in this thread.
  const advice = await keepAdvice(database, JSON.stringify([votes.snapshot.id, decision]), () =>
    runInThread(adviceTask, { spec: { axis, arms, questions, decision }, rankings, seed }),
  );
  return advice && { ...votes, advice };
}

/**
 * A snapshot of a study without asking its rule, or the newest one.
 *
 * @returns null before the first snapshot.
 * @throws AppError NOT_FOUND for a snapshot that is not this study's.
 */
export async function readSnapshotVotes(
  { database }: Pick<Platform, 'database'>,
  study: Study,
  snapshotId?: number,
): Promise<SnapshotVotes | null> {
  const found = await findSnapshot(database, study, snapshotId);
  return found && { snapshot: found.snapshot, votes: found.votes };
}

async function findSnapshot(
  database: Platform['database'],
  study: Study,
  snapshotId: number | undefined,
) {
  const exclusion = exclusionOf(study);
  const snapshot = await database.snapshot.findFirst({
    where: {
      studyId: study.id,
      ...(snapshotId === undefined ? { exclusion: { equals: exclusion } } : { id: snapshotId }),
    },
    orderBy: [{ watermark: 'desc' }, { id: 'desc' }],
    include: { rankings: { where: { method: decidingMethod(study.spec) } } },
  });
  if (!snapshot && snapshotId !== undefined)
    throw new AppError('NOT_FOUND', `The study "${study.slug}" has no snapshot ${snapshotId}.`, {
      reason: 'snapshot',
    });
  if (!snapshot) return null;
  const rankings = snapshot.rankings.map(({ question, votes, result }) => ({
    question,
    votes,
    result: rankingResultSchema.parse(result),
  }));
  const place = study.spec.questions.findIndex(({ key }) => key === study.spec.decision.question);
  const deciding =
    rankings.find(({ question }) => question === (place < 0 ? null : place)) ?? rankings[0];
  const { id, watermark, createdAt, seed } = snapshot;
  return { snapshot: { id, watermark, createdAt }, votes: deciding?.votes ?? 0, rankings, seed };
}
