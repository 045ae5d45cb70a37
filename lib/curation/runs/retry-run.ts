import type { Actor } from '#lib/accounts/actor.ts';
import type { RunDetail } from '../schema.ts';
import { type ChangePlatform, changeRun } from './change-run.ts';
import type { RunAddress } from './find-run.ts';

/** Tries what failed again and goes on; all else stays as it is. */
export function retryRun(
  platform: ChangePlatform,
  actor: Actor,
  address: RunAddress,
  { run: where = 'queue' }: { run?: 'queue' | 'here' } = {},
): Promise<RunDetail> {
  return changeRun(platform, actor, address, {
    from: ['failed'],
    to: 'running',
    refusal: 'Only a run that failed can be tried again.',
    askWorkers: where === 'queue',
    also: async (transaction, run) => {
      await transaction.curationUnit.updateMany({
        where: { runId: run.id, state: 'failed' },
        data: { state: 'waiting', crashes: 0, problem: null, heartbeatAt: null, finishedAt: null },
      });
    },
  });
}
