import { AppError } from '#lib/core/errors.ts';
import type { Prisma, Transaction } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { renderStudyJob } from './jobs.ts';
import { syncRenditions } from './renditions/sync-renditions.ts';
import type { StudySpec } from './schema.ts';

/** Enough for a grid that a person can look over, and for the checklist to stay quick. */
const MAX_GRID = 200_000;
/** Of the transactions that write or open a whole study. */
export const LONG_TRANSACTION_MS = 600_000;

/** @throws AppError TOO_LARGE */
export function refuseHugeGrid(spec: StudySpec): void {
  const size = spec.arms.length * spec.prompts.length;
  if (size > MAX_GRID)
    throw new AppError(
      'TOO_LARGE',
      `The study has ${spec.arms.length} arms x ${spec.prompts.length} prompts = ${size} videos; take at most ${MAX_GRID}.`,
      { reason: 'grid' },
    );
}

export type LockedStudy = Prisma.StudyGetPayload<object> & {
  /** Changes with every change of the row. */
  readonly version: string;
};

/** Takes the lock under which a study's state, arms and prompts change. Null when it is gone. */
export async function lockStudy(
  database: Transaction,
  studyId: number,
): Promise<LockedStudy | null> {
  const [lock] = await database.$queryRaw<{ version: string }[]>`
    SELECT xmin::text AS version FROM study WHERE id = ${studyId} FOR UPDATE`;
  const row = lock && (await database.study.findUnique({ where: { id: studyId } }));
  return row ? { ...row, version: lock.version } : null;
}

/** @throws AppError NOT_FOUND when it has just been deleted. */
export async function lockExistingStudy(
  database: Transaction,
  studyId: number,
): Promise<LockedStudy> {
  const row = await lockStudy(database, studyId);
  if (!row) throw new AppError('NOT_FOUND', 'The study has been deleted.', { reason: 'study' });
  return row;
}

/** Writes the arms, prompts and renditions of a draft anew, and asks for the videos to be made. */
export async function writeStudyRows(
  platform: Pick<Platform, 'queue'>,
  database: Transaction,
  study: { readonly id: number; readonly projectId: number; readonly spec: StudySpec },
): Promise<void> {
  const studyId = study.id;
  // Those of trials; they name renditions that go.
  await database.comparison.deleteMany({ where: { studyId } });
  await database.arm.deleteMany({ where: { studyId } });
  await database.prompt.deleteMany({ where: { studyId } });
  await database.arm.createMany({
    data: study.spec.arms.map(({ name, level }, position) => ({ studyId, position, name, level })),
  });
  await database.prompt.createMany({
    data: study.spec.prompts.map(({ key, text }, position) => ({ studyId, position, key, text })),
  });
  await syncRenditions(database, study);
  await enqueueRendering(platform, database, studyId);
}

/** The job appears when the transaction commits; several requests become one. */
export async function enqueueRendering(
  platform: Pick<Platform, 'queue'>,
  transaction: Transaction,
  studyId: number,
): Promise<void> {
  await platform.queue.enqueue(
    renderStudyJob,
    { studyId },
    { singletonKey: String(studyId), transaction },
  );
}
