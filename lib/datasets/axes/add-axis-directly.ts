import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { VersionAddress } from '../find-version.ts';
import { createAxis } from './create-axis.ts';
import { findAxis } from './find-axis.ts';
import { getAxis } from './get-axis.ts';
import { type AxisPlatform, type RunAxisOptions, runAxis } from './run-axis.ts';
import type { AxisDetail, NewAxis } from './schema.ts';

/**
 * Adds an axis and finds its cuts in this process, for the command line.
 *
 * @throws AppError as `createAxis`; BAD_INPUT where the cuts can't be found; CONFLICT while another
 *   process is at work on it
 */
export async function addAxisDirectly(
  platform: AxisPlatform & Pick<Platform, 'queue'>,
  actor: Actor,
  input: NewAxis & VersionAddress,
  options: RunAxisOptions,
): Promise<AxisDetail> {
  const { slug, version } = await createAxis(platform, actor, input, { run: 'here' });
  const { project, dataset } = input;
  const address = { project, dataset, version, axis: slug };
  const { row } = await findAxis(platform, actor, address, 'project.write');
  await runAxis(platform, row.id, options);
  const ended = await getAxis(platform, actor, address);
  if (ended.state === 'done') return ended;
  throw ended.state === 'failed'
    ? new AppError('BAD_INPUT', ended.problem ?? 'The cuts could not be found.')
    : new AppError('CONFLICT', 'Another process is at work on this axis; wait for it.');
}
