import type { Platform } from '#lib/platform/platform.ts';
import { STATISTICS_VERSION } from '#lib/statistics/ranking/ranking.ts';
import { exclusionOf } from '#lib/studies/votes/exclusion-of.ts';
import { takeWatermark } from '#lib/studies/votes/ranked-votes.ts';
import { scoresFingerprint } from '../analysis/read-facts.ts';
import { computeSnapshot } from './compute-snapshot.ts';

/**
 * Computes a snapshot for every method and question (and the mean of the questions where there are
 * several) from the votes so far. Snapshots are never overwritten; where one with the same
 * watermark, exclusion, method version and scores of videos exists, nothing is done, so a second run is free.
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
  const exclusion = exclusionOf(study);
  const watermark = await takeWatermark(database, studyId);
  if (watermark === 0n) return;
  // Scores have no place among the votes: a snapshot made from others than the present is another one.
  const [done] = await database.$queryRaw<{ scores: string | null }[]>`
    SELECT analysis->>'scores' AS scores FROM snapshot
    WHERE study_id = ${studyId} AND watermark = ${watermark} AND version = ${STATISTICS_VERSION}
      AND exclusion = ${exclusion}::jsonb
    ORDER BY id DESC LIMIT 1`;
  if (done && done.scores === (await scoresFingerprint(database, studyId))) return;

  const startedAt = performance.now();
  const computed = await computeSnapshot(
    database,
    { study, watermark, exclusion, seed: study.seed },
    signal,
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
        breakdown: computed.breakdown,
        analysis: computed.analysis,
      },
      rankings: { createMany: { data: [...computed.rankings] } },
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
