import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { DatasetSummary } from './schema.ts';
import { summarizeVersion } from './summarize-version.ts';

/** The datasets of a project with their versions, newest first. @throws AppError NOT_FOUND */
export async function listDatasets(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: { project: string },
): Promise<DatasetSummary[]> {
  const project = await authorizeProject(platform, actor, input.project, 'project.read');
  const rows = await platform.database.dataset.findMany({
    where: { projectId: project.id },
    orderBy: { id: 'desc' },
    select: {
      slug: true,
      name: true,
      createdAt: true,
      versions: {
        orderBy: { number: 'desc' },
        select: {
          number: true,
          state: true,
          hash: true,
          clips: true,
          refused: true,
          bytes: true,
          problem: true,
          createdAt: true,
          finishedAt: true,
        },
      },
    },
  });
  return rows.map(({ slug, name, createdAt, versions }) => ({
    slug,
    name,
    createdAt: createdAt.toISOString(),
    versions: versions.map(summarizeVersion),
  }));
}
