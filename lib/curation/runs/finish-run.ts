import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { RunDetail } from '../schema.ts';
import { type ChangePlatform, changeRun } from './change-run.ts';
import type { RunAddress } from './find-run.ts';

/**
 * Goes on without what failed: videos that could not be cut give no clips, clips that could not be
 * scored have no values.
 *
 * @throws AppError CONFLICT where nothing failed that can be left out
 */
export function finishRun(
  platform: ChangePlatform,
  actor: Actor,
  address: RunAddress,
): Promise<RunDetail> {
  return changeRun(platform, actor, address, {
    from: ['failed'],
    to: 'running',
    refusal: 'Only a run that failed can go on without what failed.',
    also: async (transaction, run) => {
      const kind = run.stages[run.stage]?.kind;
      const { count } =
        kind === 'cut' || kind === 'take' || kind === 'score'
          ? await transaction.curationUnit.updateMany({
              where: { runId: run.id, step: run.stage, state: 'failed' },
              data: { state: 'cancelled' },
            })
          : { count: 0 };
      if (count === 0)
        throw new AppError(
          'CONFLICT',
          'What failed can not be left out: put it right and try again.',
          { reason: 'not-optional' },
        );
    },
  });
}
