import type { Actor } from '#lib/accounts/actor.ts';
import { type AuthorizedProject, authorizeProject } from '#lib/accounts/authorize.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Prisma } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { type StudySpec, studySpecSchema } from './schema.ts';

/** How an API names a study: by its slug, and by a revision where it is not the newest one. */
export interface StudyAddress {
  readonly project: string;
  readonly study: string;
  readonly revision?: number | undefined;
}

export type StudyRow = Prisma.StudyGetPayload<object>;

export interface FoundStudy {
  readonly project: AuthorizedProject;
  readonly row: StudyRow;
  readonly spec: StudySpec;
}

/**
 * The study at an address, if the actor may do this with it.
 *
 * @throws AppError NOT_FOUND, or as `authorizeProject` does.
 */
export async function findStudy(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  address: StudyAddress,
  permission: 'project.read' | 'project.write',
): Promise<FoundStudy> {
  const project = await authorizeProject(platform, actor, address.project, permission);
  const row = await platform.database.study.findFirst({
    where: {
      projectId: project.id,
      slug: address.study,
      ...(address.revision === undefined ? {} : { revision: address.revision }),
    },
    orderBy: { revision: 'desc' },
  });
  if (!row) {
    const which =
      address.revision === undefined
        ? `study "${address.study}"`
        : `revision ${address.revision} of a study "${address.study}"`;
    throw new AppError('NOT_FOUND', `The project "${project.slug}" has no ${which}.`, {
      reason: 'study',
    });
  }
  return { project, row, spec: studySpecSchema.parse(row.spec) };
}
