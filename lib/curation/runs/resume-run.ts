import type { Actor } from '#lib/accounts/actor.ts';
import type { RunDetail } from '../schema.ts';
import { type ChangePlatform, changeRun } from './change-run.ts';
import type { RunAddress } from './find-run.ts';

/** Lets a paused run go on where it was. */
export function resumeRun(
  platform: ChangePlatform,
  actor: Actor,
  address: RunAddress,
  { run: where = 'queue' }: { run?: 'queue' | 'here' } = {},
): Promise<RunDetail> {
  return changeRun(platform, actor, address, {
    from: ['paused'],
    to: 'running',
    refusal: 'Only a paused run can go on.',
    askWorkers: where === 'queue',
  });
}
