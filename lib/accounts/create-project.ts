import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { Actor } from './actor.ts';
import { authorize } from './authorize.ts';
import { isUniqueViolation } from './create-user.ts';
import { projectFields, projectView } from './list-projects.ts';
import type { NewProject, ProjectView } from './schema.ts';
import { slugOf } from './slug.ts';

const TRIES = 50;

/**
 * Creates a project whose admin is the person who asks. A slug made from the name gets a number
 * when it is taken; one that was asked for does not.
 *
 * @throws AppError CONFLICT when the slug that was asked for is taken.
 */
export async function createProject(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: NewProject,
): Promise<ProjectView> {
  authorize(actor, 'project.create');
  const base = input.slug ?? slugOf(input.name, 'project');
  const tries = input.slug === undefined ? TRIES : 1;
  for (let number = 1; number <= tries; number++) {
    const slug = number === 1 ? base : `${base.slice(0, 60)}-${number}`;
    try {
      const row = await platform.database.project.create({
        data: {
          slug,
          name: input.name,
          ...(actor.kind === 'user'
            ? { members: { create: { userId: actor.userId, role: 'admin' } } }
            : {}),
        },
        select: projectFields(actor),
      });
      return projectView(actor, row);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
  }
  throw new AppError('CONFLICT', `A project with the short name "${base}" exists: take another.`, {
    field: 'slug',
  });
}
