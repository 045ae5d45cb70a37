import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { Actor } from './actor.ts';
import { authorizeProject } from './authorize.ts';
import type { MemberView, Role } from './schema.ts';

type Needs = Pick<Platform, 'database'>;

const fields = { role: true, user: { select: { id: true, email: true, name: true } } } as const;

function memberView(row: {
  role: Role;
  user: { id: string; email: string; name: string };
}): MemberView {
  return { userId: row.user.id, email: row.user.email, name: row.user.name, role: row.role };
}

/** The members of a project, by name. */
export async function listMembers(
  platform: Needs,
  actor: Actor,
  project: string,
): Promise<MemberView[]> {
  const { id } = await authorizeProject(platform, actor, project, 'project.read');
  const rows = await platform.database.projectMember.findMany({
    where: { projectId: id },
    select: fields,
    orderBy: { user: { name: 'asc' } },
  });
  return rows.map(memberView);
}

/**
 * Adds somebody with an account to a project, or changes their role in it.
 *
 * @throws AppError NOT_FOUND when nobody has this e-mail address.
 */
export async function setMember(
  platform: Needs,
  actor: Actor,
  input: { readonly project: string; readonly email: string; readonly role: Role },
): Promise<MemberView> {
  const { id } = await authorizeProject(platform, actor, input.project, 'project.manage');
  const { database } = platform;
  const user = await database.user.findUnique({ where: { email: input.email } });
  if (user === null) {
    throw new AppError(
      'NOT_FOUND',
      `Nobody has an account with ${input.email}: an admin can create one.`,
      { reason: 'user', field: 'email' },
    );
  }
  const row = await database.projectMember.upsert({
    where: { projectId_userId: { projectId: id, userId: user.id } },
    create: { projectId: id, userId: user.id, role: input.role },
    update: { role: input.role },
    select: fields,
  });
  return memberView(row);
}

/** Removes somebody from a project; nothing happens when they are not in it. */
export async function removeMember(
  platform: Needs,
  actor: Actor,
  input: { readonly project: string; readonly userId: string },
): Promise<void> {
  const { id } = await authorizeProject(platform, actor, input.project, 'project.manage');
  await platform.database.projectMember.deleteMany({
    where: { projectId: id, userId: input.userId },
  });
}
