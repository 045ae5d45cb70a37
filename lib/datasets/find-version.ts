import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';

/** Names one version of one dataset of a project; without a number, the newest one that is done. */
export interface VersionAddress {
  project: string;
  dataset: string;
  version?: number | undefined;
}

/**
 * The version of this address, if the actor may do this in its project. Without a number: the newest
 * that is done, else the newest.
 *
 * @throws AppError NOT_FOUND or FORBIDDEN
 */
export async function findVersion(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  address: VersionAddress,
  permission: 'project.read' | 'project.write',
) {
  const project = await authorizeProject(platform, actor, address.project, permission);
  const dataset = await platform.database.dataset.findUnique({
    where: { projectId_slug: { projectId: project.id, slug: address.dataset } },
  });
  if (!dataset)
    throw new AppError(
      'NOT_FOUND',
      `The project "${project.name}" has no dataset "${address.dataset}".`,
      { reason: 'dataset' },
    );
  const where = { datasetId: dataset.id };
  const newest = { orderBy: { number: 'desc' as const } };
  const { version: number } = address;
  const { datasetVersion } = platform.database;
  const row =
    number === undefined
      ? ((await datasetVersion.findFirst({ where: { ...where, state: 'done' }, ...newest })) ??
        (await datasetVersion.findFirst({ where, ...newest })))
      : await datasetVersion.findUnique({
          where: { datasetId_number: { datasetId: dataset.id, number } },
        });
  if (!row)
    throw new AppError(
      'NOT_FOUND',
      `The dataset "${dataset.name}" has no version${number === undefined ? '' : ` ${number}`}.`,
      { reason: 'version' },
    );
  return { project, dataset, row };
}
