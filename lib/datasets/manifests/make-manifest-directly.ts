import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findSubset, type SubsetAddress } from '../subsets/find-subset.ts';
import { createManifest } from './create-manifest.ts';
import { type ManifestPlatform, type RunManifestOptions, runManifest } from './run-manifest.ts';
import type { ManifestFormat, ManifestSummary } from './schema.ts';

/**
 * Makes the manifest of a subset in this process where it is not there yet, for the command line.
 *
 * @throws AppError NOT_FOUND or FORBIDDEN; BAD_INPUT where it can't be made; CONFLICT while another
 *   process is at work on it
 */
export async function makeManifestDirectly(
  platform: ManifestPlatform & Pick<Platform, 'queue'>,
  actor: Actor,
  input: SubsetAddress & { format: ManifestFormat },
  options: RunManifestOptions,
): Promise<ManifestSummary> {
  await createManifest(platform, actor, input, { run: 'here' });
  const { row } = await findSubset(platform, actor, input, 'project.write');
  const waiting = row.manifests.find(({ format }) => format === input.format);
  if (waiting) await runManifest(platform, waiting.id, options);
  const { summary } = await findSubset(platform, actor, input, 'project.read');
  const made = summary.manifests.find(({ format }) => format === input.format);
  if (made?.state === 'done') return made;
  throw made?.state === 'failed'
    ? new AppError('BAD_INPUT', made.problem ?? 'The manifest could not be made.')
    : new AppError('CONFLICT', 'Another process is at work on this manifest; wait for it.');
}
