import type { Prisma } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { Actor } from './actor.ts';
import { authorize } from './authorize.ts';
import { grantOf, mayInProject } from './permissions.ts';
import type { ProjectView } from './schema.ts';

/** The columns of a project's view, with the actor's own membership. */
export function projectFields(actor: Actor) {
  return {
    slug: true,
    name: true,
    createdAt: true,
    members: {
      where: actor.kind === 'user' ? { userId: actor.userId } : { projectId: -1 },
      select: { role: true },
    },
    _count: { select: { imports: true, studies: { where: { archivedAt: null } } } },
  } as const satisfies Prisma.ProjectSelect;
}

type ProjectRow = Prisma.ProjectGetPayload<{ select: ReturnType<typeof projectFields> }>;

/** What the actor sees of a project and may do in it. */
export function projectView(actor: Actor, row: ProjectRow): ProjectView {
  const memberRole = row.members[0]?.role ?? null;
  return {
    slug: row.slug,
    name: row.name,
    createdAt: row.createdAt.toISOString(),
    imports: row._count.imports,
    studies: row._count.studies,
    canWrite: mayInProject(actor, 'project.write', memberRole),
    canManage: mayInProject(actor, 'project.manage', memberRole),
  };
}

/** The projects that the actor may see, the newest first. */
export async function listProjects(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
): Promise<ProjectView[]> {
  authorize(actor, 'account.own');
  const seesAll = grantOf(actor, 'project.read') === 'always';
  const rows = await platform.database.project.findMany({
    where: seesAll || actor.kind !== 'user' ? {} : { members: { some: { userId: actor.userId } } },
    select: projectFields(actor),
    orderBy: { createdAt: 'desc' },
  });
  return rows
    .filter((row) => mayInProject(actor, 'project.read', row.members[0]?.role ?? null))
    .map((row) => projectView(actor, row));
}
