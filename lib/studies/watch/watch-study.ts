import type { Platform } from '#lib/platform/platform.ts';
import { runInThread, threadTask } from '#lib/platform/threads/threads.ts';
import { votesBuffers } from '#lib/statistics/votes/votes-buffers.ts';
import { watchStudyJob } from '../jobs.ts';
import { type StudySpec, studySpecSchema } from '../schema.ts';
import { exclusionOf } from '../votes/exclusion-of.ts';
import { readRankedVotes, takeWatermark } from '../votes/ranked-votes.ts';
import type { run } from './look-thread.ts';
import { waitBeforeLook } from './wait-before-look.ts';

const lookTask = threadTask<typeof run>('lib/studies/watch/look-thread.ts', 900);

/**
 * Looks at a study's own votes and keeps what it finds in place of the last look: the leaderboard,
 * whether the votes are enough, and in an adaptive study the chances of the next pairs. A large study
 * is looked at less often: what comes too early asks for a later run.
 */
export async function watchStudy(
  platform: Pick<Platform, 'database' | 'clock' | 'queue' | 'log'>,
  studyId: number,
  signal?: AbortSignal,
): Promise<void> {
  const { database, clock, queue, log } = platform;
  const study = await database.study.findUnique({
    where: { id: studyId },
    include: { arms: { orderBy: { position: 'asc' } }, watch: true },
  });
  if (!study || study.state === 'draft') return;
  const waitSeconds = waitBeforeLook(study.watch, clock.now());
  if (waitSeconds > 0) {
    await queue.enqueue(
      watchStudyJob,
      { studyId },
      { singletonKey: String(studyId), startAfterSeconds: waitSeconds },
    );
    return;
  }
  const startedAt = performance.now();
  const spec = studySpecSchema.parse(study.spec);
  const choosesPairs = spec.pairChoice === 'adaptive';
  const watermark = await takeWatermark(database, studyId);
  const questions = await readRankedVotes(
    database,
    studyId,
    spec.questions.length,
    new Map(study.arms.map((arm) => [arm.id, arm.name])),
    watermark,
    exclusionOf(study),
  );
  const { result, chances } = await runInThread(
    lookTask,
    {
      questions,
      openPlaces: await countOpenPlaces(platform, studyId, spec),
      seed: study.seed,
      marginElo: spec.decision.marginElo,
      deciding: decidingQuestion(spec),
      candidates: spec.arms
        .filter((arm) => !arm.isControl && arm.replicaOf === null)
        .map((arm) => arm.name),
      choosesPairs,
    },
    { signal, transfer: questions.flatMap(votesBuffers) },
  );
  const looked = { watermark, result, createdAt: clock.now() };
  // Both or neither: the chances belong to the look that is shown.
  await database.$transaction([
    database.studyWatch.upsert({
      where: { studyId },
      create: { studyId, ...looked },
      update: looked,
    }),
    ...(choosesPairs
      ? [
          database.pairChance.deleteMany({ where: { studyId } }),
          database.pairChance.createMany({
            data: chances.flatMap(({ first, second, chance }) => {
              const [a, b] = [study.arms[first], study.arms[second]];
              return a && b ? [{ studyId, armAId: a.id, armBId: b.id, chance }] : [];
            }),
          }),
        ]
      : []),
  ]);
  log.info(
    { studyId, votes: result.votes, milliseconds: Math.round(performance.now() - startedAt) },
    'looked at a study',
  );
}

/** Votes that the cells still take, by question. */
async function countOpenPlaces(
  { database }: Pick<Platform, 'database'>,
  studyId: number,
  spec: StudySpec,
): Promise<number[]> {
  const rows = await database.cell.groupBy({
    by: ['question'],
    where: { studyId, kind: 'regular' },
    _sum: { counted: true, wanted: true },
  });
  const open = new Map(
    rows.map(({ question, _sum }) => [question, (_sum.wanted ?? 0) - (_sum.counted ?? 0)]),
  );
  return spec.questions.map((_, question) => open.get(question) ?? 0);
}

/** The question that the study's decision goes by; null for the mean of all. */
function decidingQuestion({ decision, questions }: StudySpec): number | null {
  const position = questions.findIndex(({ key }) => key === decision.question);
  return position < 0 ? null : position;
}
