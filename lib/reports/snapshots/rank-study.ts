import type { Platform } from '#lib/platform/platform.ts';
import { runInThread, threadTask } from '#lib/platform/threads/threads.ts';
import { STATISTICS_VERSION } from '#lib/statistics/ranking/ranking.ts';
import { votesBuffers } from '#lib/statistics/votes/votes-buffers.ts';
import { sumHalves } from '#lib/studies/quality/exclusion-halves.ts';
import { studySpecSchema } from '#lib/studies/schema.ts';
import { countVotes, readRankedVotes, takeWatermark } from '#lib/studies/votes/ranked-votes.ts';
import type { Exclusion } from '#lib/studies/votes/schema.ts';
import { exclusionShifts } from '../analysis/exclusion-share.ts';
import type { run } from './rank-thread.ts';

/** 2 M votes take some ten seconds, 300 arms a minute. */
const rankTask = threadTask<typeof run>('lib/reports/snapshots/rank-thread.ts', 1800);

/**
 * Computes a snapshot for every method and question (and the mean of the questions where there are
 * several) from the votes so far. Snapshots are never overwritten; where one with the same
 * watermark, exclusion and method version exists, nothing is done, so a second run is free.
 */
export async function rankStudy(
  platform: Pick<Platform, 'database' | 'log'>,
  studyId: number,
  signal?: AbortSignal,
): Promise<void> {
  const { database, log } = platform;
  const study = await database.study.findUnique({
    where: { id: studyId },
    include: { arms: { orderBy: { position: 'asc' } } },
  });
  if (!study) return;
  const spec = studySpecSchema.parse(study.spec);
  const exclusion: Exclusion = { simulated: !study.countSimulated, imported: !study.countImported };
  const watermark = await takeWatermark(database, studyId);
  if (watermark === 0n) return;
  const done = await database.snapshot.findFirst({
    where: { studyId, watermark, version: STATISTICS_VERSION, exclusion: { equals: exclusion } },
    select: { id: true },
  });
  if (done) return;

  const startedAt = performance.now();
  const arms = new Map(study.arms.map((arm) => [arm.id, arm.name]));
  const votes = await readRankedVotes(
    database,
    studyId,
    spec.questions.length,
    arms,
    watermark,
    exclusion,
  );
  const breakdown = {
    ...(await countVotes(database, studyId, watermark)),
    exclusionShifts: exclusionShifts(await sumHalves(database, studyId, watermark, exclusion)),
  };
  // In a thread, so that this process keeps telling the queue that it is alive.
  const rows = await runInThread(
    rankTask,
    { questions: votes, seed: study.seed },
    { signal, transfer: votes.flatMap(votesBuffers) },
  );
  // One transaction: a report never sees half of a set of snapshots.
  await database.snapshot.create({
    data: {
      ...{
        studyId,
        version: STATISTICS_VERSION,
        seed: study.seed,
        watermark,
        exclusion,
        breakdown,
      },
      rankings: { createMany: { data: rows } },
    },
  });
  log.info(
    {
      studyId,
      watermark: String(watermark),
      milliseconds: Math.round(performance.now() - startedAt),
    },
    'ranked a study',
  );
}
