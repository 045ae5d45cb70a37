import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { type Transaction, withTransaction } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { RunDetail, RunState } from '../schema.ts';
import { askLanes } from './ask-lanes.ts';
import { findRun, type RunAddress } from './find-run.ts';
import { getRun } from './get-run.ts';
import { type LoadedRun, readRun } from './load-run.ts';

/** What changes the state of runs needs. */
export type ChangePlatform = Pick<Platform, 'database' | 'queue'>;

interface Change {
  from: readonly RunState[];
  to: RunState;
  /** Why it can't be done in another state. */
  refusal: string;
  /** Done with it, or not at all. */
  also?: (transaction: Transaction, run: LoadedRun) => Promise<void>;
  askWorkers?: boolean;
}

/**
 * Takes a run from one state to another; a run that is there already stays as it is.
 *
 * @throws AppError NOT_FOUND or FORBIDDEN; CONFLICT in a state from which there is no way
 */
export async function changeRun(
  platform: ChangePlatform,
  actor: Actor,
  address: RunAddress,
  { from, to, refusal, also, askWorkers = to === 'running' }: Change,
): Promise<RunDetail> {
  const { row } = await findRun(platform, actor, address, 'project.write');
  await withTransaction(
    async (transaction) => {
      const { count } = await transaction.curationRun.updateMany({
        where: { id: row.id, state: { in: [...from] } },
        data: {
          state: to,
          problem: null,
          finishedAt: to === 'cancelled' ? new Date() : null,
        },
      });
      const now = await transaction.curationRun.findUniqueOrThrow({ where: { id: row.id } });
      if (count === 0) {
        if (now.state === to) return;
        throw new AppError('CONFLICT', refusal, { reason: 'run-state', state: now.state });
      }
      await also?.(transaction, readRun(now));
      if (askWorkers) await askLanes(platform, row.id, transaction);
    },
    { database: platform.database },
  );
  return getRun(platform, actor, address);
}
