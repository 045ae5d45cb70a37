import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';

/** Names one run of one project. */
export interface RunAddress {
  project: string;
  run: string;
}

/**
 * The run of this address, if the actor may do this in its project.
 *
 * @throws AppError NOT_FOUND or FORBIDDEN
 */
export async function findRun(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  address: RunAddress,
  permission: 'project.read' | 'project.write',
) {
  const project = await authorizeProject(platform, actor, address.project, permission);
  const row = await platform.database.curationRun.findUnique({
    where: { projectId_slug: { projectId: project.id, slug: address.run } },
  });
  if (!row)
    throw new AppError(
      'NOT_FOUND',
      `The project "${project.name}" has no curation run "${address.run}".`,
      { reason: 'run' },
    );
  return { project, row };
}
