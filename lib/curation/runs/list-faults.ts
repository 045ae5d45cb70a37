import type { Actor } from '#lib/accounts/actor.ts';
import { readCursor } from '#lib/core/row-cursor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { Fault } from '../schema.ts';
import { findRun, type RunAddress } from './find-run.ts';
import { readRun } from './load-run.ts';
import { titleOf } from './stage-progress.ts';

/**
 * The videos and clips that a run skipped, with the reason, a page at a time.
 *
 * @throws AppError NOT_FOUND, or BAD_INPUT for a cursor that no answer gave
 */
export async function listFaults(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: RunAddress & { cursor?: string | undefined; limit: number },
): Promise<{ faults: Fault[]; nextCursor: string | null }> {
  const { row } = await findRun(platform, actor, input, 'project.read');
  const run = readRun(row);
  const after = readCursor(input.cursor);
  const rows = await platform.database.curationFault.findMany({
    where: { runId: run.id, ...(after === null ? {} : { id: { gt: after } }) },
    orderBy: { id: 'asc' },
    take: input.limit + 1,
  });
  const page = rows.slice(0, input.limit);
  return {
    faults: page.map(({ step, uid, path, reason }) => {
      const stage = run.stages[step];
      return { stage: stage ? titleOf(stage.kind, stage.step) : '', uid, path, reason };
    }),
    nextCursor: rows.length > input.limit ? String(page.at(-1)?.id) : null,
  };
}
