import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findStudy, type StudyAddress } from '#lib/studies/find-study.ts';
import { recomputeSnapshotJob } from '../jobs.ts';
import { recomputeSnapshot } from './recompute-snapshot.ts';
import { recomputedSchema, type SnapshotCheckView } from './schema.ts';

type Input = StudyAddress & { readonly snapshot: number };

/**
 * Asks for a snapshot to be computed again. While one such request of this snapshot is unfinished, it
 * stands for later ones.
 *
 * @throws AppError NOT_FOUND for a snapshot of another study, and as `findStudy` does.
 */
export async function requestRecompute(
  platform: Pick<Platform, 'database' | 'queue' | 'clock'>,
  actor: Actor,
  input: Input,
): Promise<SnapshotCheckView> {
  const { database, queue, clock } = platform;
  const snapshotId = await findSnapshot(platform, actor, input);
  return database.$transaction(async (transaction) => {
    await transaction.$queryRaw`SELECT id FROM snapshot WHERE id = ${snapshotId} FOR UPDATE`;
    const open = await transaction.snapshotCheck.findFirst({
      where: { snapshotId, finishedAt: null },
      orderBy: { id: 'desc' },
    });
    const check =
      open ??
      (await transaction.snapshotCheck.create({
        data: { snapshotId, requestedAt: clock.now() },
      }));
    // Again where one is open already: its job may have ended at the dead letters.
    await queue.enqueue(
      recomputeSnapshotJob,
      { checkId: check.id },
      { singletonKey: String(check.id), transaction },
    );
    return view(check);
  });
}

/** The newest request of a snapshot and what came of it; null where nobody has asked. */
export async function getRecompute(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: Input,
): Promise<{ check: SnapshotCheckView | null }> {
  const snapshotId = await findSnapshot(platform, actor, input);
  const check = await platform.database.snapshotCheck.findFirst({
    where: { snapshotId },
    orderBy: { id: 'desc' },
  });
  return { check: check && view(check) };
}

/** The job: does what was asked for, once. */
export async function finishRecompute(
  platform: Pick<Platform, 'database' | 'clock'>,
  checkId: number,
  signal?: AbortSignal,
): Promise<void> {
  const { database, clock } = platform;
  const check = await database.snapshotCheck.findUnique({ where: { id: checkId } });
  if (!check || check.finishedAt !== null) return;
  const outcome = await recomputeSnapshot(platform, check.snapshotId, signal);
  await database.snapshotCheck.updateMany({
    where: { id: checkId, finishedAt: null },
    data: { finishedAt: clock.now(), outcome },
  });
}

/** @throws AppError NOT_FOUND for a snapshot that is not this study's, and as `findStudy` does. */
export async function findSnapshot(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: Input,
): Promise<number> {
  const { row } = await findStudy(platform, actor, input, 'project.read');
  const found = await platform.database.snapshot.findFirst({
    where: { id: input.snapshot, studyId: row.id },
    select: { id: true },
  });
  if (!found)
    throw new AppError('NOT_FOUND', `The study "${row.slug}" has no snapshot ${input.snapshot}.`, {
      reason: 'snapshot',
    });
  return found.id;
}

function view(check: {
  requestedAt: Date;
  finishedAt: Date | null;
  outcome: unknown;
}): SnapshotCheckView {
  return {
    requestedAt: check.requestedAt.toISOString(),
    finishedAt: check.finishedAt?.toISOString() ?? null,
    outcome: check.outcome === null ? null : recomputedSchema.parse(check.outcome),
  };
}
