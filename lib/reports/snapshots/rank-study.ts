import type { Platform } from '#lib/platform/platform.ts';
import { STATISTICS_VERSION } from '#lib/statistics/ranking/ranking.ts';
import { studySpecSchema } from '#lib/studies/schema.ts';
import { countVotes, readRankedVotes, takeWatermark } from '#lib/studies/votes/ranked-votes.ts';
import type { Exclusion } from '#lib/studies/votes/schema.ts';
import { rankingMethodSchema } from '../schema.ts';
import { computeRanking } from './compute-ranking.ts';

/**
 * Computes a snapshot for every method and question (and the mean of the questions where there are
 * several) from the votes so far. Snapshots are never overwritten; where one with the same
 * watermark, exclusion and method version exists, nothing is done, so a second run is free.
 */
export async function rankStudy(
  platform: Pick<Platform, 'database' | 'log'>,
  studyId: number,
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
  const choices: { question: number | null; columns: typeof votes }[] = votes.map(
    (columns, question) => ({ question, columns: [columns] }),
  );
  if (votes.length > 1) choices.push({ question: null, columns: votes });

  const breakdown = await countVotes(database, studyId, watermark);
  const rows = choices.flatMap(({ question, columns }) =>
    rankingMethodSchema.options.map((method) => {
      const { votes: size, ...result } = computeRanking(columns, method, study.seed);
      return { question, method, settings: result.settings, votes: size, result };
    }),
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
