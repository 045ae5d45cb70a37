import type { Platform } from '#lib/platform/platform.ts';
import type { Actor } from './actor.ts';
import { authorizeProject } from './authorize.ts';
import { projectFields, projectView } from './list-projects.ts';
import type { ProjectView } from './schema.ts';

/** @throws AppError NOT_FOUND when there is no such project for this actor. */
export async function readProject(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  slug: string,
): Promise<ProjectView> {
  const { id } = await authorizeProject(platform, actor, slug, 'project.read');
  const row = await platform.database.project.findUniqueOrThrow({
    where: { id },
    select: projectFields(actor),
  });
  return projectView(actor, row);
}
