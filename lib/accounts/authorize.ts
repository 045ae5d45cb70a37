import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { Actor } from './actor.ts';
import { grantOf, mayInProject, type ProjectPermission } from './permissions.ts';
import type { Permission } from './schema.ts';

declare const authorized: unique symbol;
/** A project's id that only `authorizeProject` gives out: holding one proves the right. */
export type ProjectId = number & { readonly [authorized]: 'project' };

export interface AuthorizedProject {
  readonly id: ProjectId;
  readonly slug: string;
  readonly name: string;
}

/**
 * Checks what can be checked without looking at a resource: `by-membership` and `by-study` pass.
 *
 * @throws AppError UNAUTHENTICATED when signing in (or joining) may help, FORBIDDEN when it can't.
 */
export function authorize(actor: Actor, permission: Permission): void {
  if (grantOf(actor, permission) !== 'never') return;
  if (permission === 'rating.take-part') {
    throw new AppError('UNAUTHENTICATED', "Join the study by its link first: you aren't in it.");
  }
  if (actor.kind === 'anonymous' || actor.kind === 'rater') {
    throw new AppError('UNAUTHENTICATED', 'Sign in first.');
  }
  throw new AppError('FORBIDDEN', "Your role doesn't allow this: ask an admin.", { permission });
}

/**
 * The project of this slug, if the actor may do this in it.
 *
 * @throws AppError NOT_FOUND when there is no such project or the actor may not even read it,
 *   FORBIDDEN when the actor may read it but not do this.
 */
export async function authorizeProject(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  projectSlug: string,
  permission: ProjectPermission,
): Promise<AuthorizedProject> {
  const project = await platform.database.project.findUnique({
    where: { slug: projectSlug },
    select: { id: true, slug: true, name: true, members: memberFilter(actor) },
  });
  const memberRole = project?.members[0]?.role ?? null;
  if (project === null || !mayInProject(actor, 'project.read', memberRole)) {
    throw new AppError('NOT_FOUND', `There is no project "${projectSlug}" that you may see.`, {
      reason: 'project',
    });
  }
  if (!mayInProject(actor, permission, memberRole)) {
    throw new AppError(
      'FORBIDDEN',
      `You may look at the project "${project.name}" but not do this in it: ask an admin of it.`,
      { permission },
    );
  }
  return { id: project.id as ProjectId, slug: project.slug, name: project.name };
}

/** Selects the actor's own membership and nobody else's. */
function memberFilter(actor: Actor) {
  return {
    where: { userId: actor.kind === 'user' ? actor.userId : NOBODY },
    select: { role: true },
  };
}

const NOBODY = '00000000-0000-0000-0000-000000000000';
