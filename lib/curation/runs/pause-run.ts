import type { Actor } from '#lib/accounts/actor.ts';
import type { RunDetail } from '../schema.ts';
import { type ChangePlatform, changeRun } from './change-run.ts';
import type { RunAddress } from './find-run.ts';

/** Stops a run until it is resumed. Pieces of work under way are given up and done again later. */
export function pauseRun(
  platform: ChangePlatform,
  actor: Actor,
  address: RunAddress,
): Promise<RunDetail> {
  return changeRun(platform, actor, address, {
    from: ['waiting', 'running'],
    to: 'paused',
    refusal: 'Only a run that is at work can be paused.',
  });
}
