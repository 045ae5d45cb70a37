import type { Actor } from '#lib/accounts/actor.ts';
import type { RunDetail } from '../schema.ts';
import { type ChangePlatform, changeRun } from './change-run.ts';
import type { RunAddress } from './find-run.ts';

/** Ends a run for good; nothing is made of what it found. */
export function cancelRun(
  platform: ChangePlatform,
  actor: Actor,
  address: RunAddress,
): Promise<RunDetail> {
  return changeRun(platform, actor, address, {
    from: ['waiting', 'running', 'paused', 'failed'],
    to: 'cancelled',
    refusal: 'The run is done; it can not be cancelled any more.',
  });
}
