import type { Platform } from '#lib/platform/platform.ts';
import type { Actor } from './actor.ts';
import { authorizeProject } from './authorize.ts';
import { projectFields, projectView } from './list-projects.ts';
import type { ProjectView } from './schema.ts';

/** Changes a project's name; its slug stays, since addresses and files carry it. */
export async function renameProject(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: { readonly project: string; readonly name: string },
): Promise<ProjectView> {
  const { id } = await authorizeProject(platform, actor, input.project, 'project.manage');
  const row = await platform.database.project.update({
    where: { id },
    data: { name: input.name },
    select: projectFields(actor),
  });
  return projectView(actor, row);
}
