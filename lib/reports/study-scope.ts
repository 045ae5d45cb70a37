import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { type StudySpec, studySpecSchema } from '#lib/studies/schema.ts';

/** Which study a reader asks about. */
export interface StudyAddress {
  readonly project: string;
  readonly study: string;
  readonly revision?: number | undefined;
}

/**
 * Finds a study that the actor may read, with its arms in order and its spec parsed.
 *
 * @throws AppError NOT_FOUND when there is no such study or the actor may not read its project.
 */
export async function readStudy(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  address: StudyAddress,
) {
  const project = await authorizeProject(platform, actor, address.project, 'project.read');
  const study = await platform.database.study.findFirst({
    where: {
      projectId: project.id,
      slug: address.study,
      ...(address.revision === undefined ? {} : { revision: address.revision }),
    },
    orderBy: { revision: 'desc' },
    include: { arms: { orderBy: { position: 'asc' } } },
  });
  if (!study)
    throw new AppError(
      'NOT_FOUND',
      `The project "${project.slug}" has no study "${address.study}".`,
    );
  const spec: StudySpec = studySpecSchema.parse(study.spec);
  return { ...study, spec };
}

export type ReadableStudy = Awaited<ReturnType<typeof readStudy>>;
