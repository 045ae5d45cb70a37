import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';

/** Names one import of one project. */
export interface ImportAddress {
  project: string;
  import: string;
}

/**
 * The import of this address, if the actor may do this in its project.
 *
 * @throws AppError NOT_FOUND or FORBIDDEN
 */
export async function findImport(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  address: ImportAddress,
  permission: 'project.read' | 'project.write',
) {
  const project = await authorizeProject(platform, actor, address.project, permission);
  const row = await platform.database.videoImport.findUnique({
    where: { projectId_slug: { projectId: project.id, slug: address.import } },
  });
  if (!row)
    throw new AppError(
      'NOT_FOUND',
      `The project "${project.name}" has no import "${address.import}".`,
      { reason: 'import' },
    );
  return { project, row };
}
