import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import { AppError } from '#lib/core/errors.ts';
import type { VersionAddress } from '#lib/datasets/find-version.ts';
import { getSubset } from '#lib/datasets/subsets/get-subset.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { createStudy } from '#lib/studies/create-study.ts';
import { findStudy } from '#lib/studies/find-study.ts';
import { freeSlug } from '#lib/studies/spec/free-slug.ts';
import { confirmationSpec } from './confirmation-spec.ts';
import { linkAxes } from './link-axes.ts';
import type { PreparedConfirmation } from './schema.ts';

export type ConfirmationRequest = VersionAddress & { subset: string; control: string };

/**
 * Prepares the study of a combined subset against as many clips at random, as a draft: equal size and
 * training settings, the prompts of the studies whose decisions it follows.
 *
 * @throws AppError BAD_INPUT where the two are no subset and its random drop, or no axis is decided;
 *   NOT_FOUND and FORBIDDEN by the project
 */
export async function prepareConfirmation(
  platform: Pick<Platform, 'database' | 'queue' | 'clock' | 'environment'>,
  actor: Actor,
  input: ConfirmationRequest,
): Promise<PreparedConfirmation> {
  const { subset, control, ...address } = input;
  const { project } = input;
  const { id: projectId } = await authorizeProject(platform, actor, project, 'project.write');
  const links = await linkAxes(platform, actor, address);
  const at = { ...address, version: links.version };
  const curated = await getSubset(platform, actor, { ...at, subset });
  const uncurated = await getSubset(platform, actor, { ...at, subset: control });
  if (!uncurated.isControl || curated.isControl || uncurated.clips !== curated.clips)
    throw new AppError(
      'BAD_INPUT',
      `"${control}" is no random drop to the ${curated.clips} clips of "${subset}".`,
      { reason: 'control', field: 'control' },
    );
  if (links.axes.length === 0)
    throw new AppError('BAD_INPUT', 'No axis is decided yet, so there is nothing to confirm.', {
      reason: 'axes',
    });
  const cut = new Set(curated.definition.cuts.map(({ axis }) => axis));
  const followed = links.axes.filter(({ suggested }) => suggested !== null && cut.has(suggested));
  const studies = [];
  for (const { study, revision } of followed.length > 0 ? followed : links.axes)
    studies.push(
      (await findStudy(platform, actor, { project, study, revision }, 'project.read')).spec,
    );
  const { spec, unlike } = confirmationSpec({
    slug: await freeSlug(platform, projectId, 'confirmation'),
    dataset: `${links.dataset}, version ${links.version}`,
    curated,
    uncurated,
    studies,
  });
  const study = await createStudy(platform, actor, { project, spec });
  return { study: study.slug, unlike: [...unlike] };
}
