import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';

/** @throws AppError NOT_FOUND, also where the actor may not see the project. */
export async function findPicture(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: { readonly project: string; readonly hash: string },
): Promise<{ hash: string; contentType: string }> {
  const project = await authorizeProject(platform, actor, input.project, 'project.read');
  const key = { projectId: project.id, hash: input.hash };
  const row = await platform.database.picture.findUnique({ where: { projectId_hash: key } });
  if (!row) throw new AppError('NOT_FOUND', 'The project has no such picture.');
  return { hash: row.hash, contentType: 'image/webp' };
}
