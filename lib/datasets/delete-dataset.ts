import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import { AppError } from '#lib/core/errors.ts';
import { withTransaction } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';

/**
 * Deletes a dataset from which no subset was made. Its bytes stay until blobs that nothing names are
 * collected. A process that registers a version of it notices by its lease and stops.
 *
 * @throws AppError NOT_FOUND, FORBIDDEN, or CONFLICT where subsets were made of it
 */
export async function deleteDataset(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: { project: string; dataset: string },
): Promise<void> {
  const project = await authorizeProject(platform, actor, input.project, 'project.write');
  await withTransaction(
    async (transaction) => {
      const [row] = await transaction.$queryRaw<{ id: number; name: string }[]>`
        select id, name from dataset
        where project_id = ${project.id} and slug = ${input.dataset} for update`;
      if (!row)
        throw new AppError(
          'NOT_FOUND',
          `The project "${project.name}" has no dataset "${input.dataset}".`,
          { reason: 'dataset' },
        );
      const subsets = await transaction.subset.count({ where: { version: { datasetId: row.id } } });
      if (subsets > 0)
        throw new AppError(
          'CONFLICT',
          `${subsets} subsets were made of the dataset "${row.name}"; models trained on them could not be traced any more.`,
          { reason: 'in-use', subsets },
        );
      await transaction.dataset.delete({ where: { id: row.id } });
    },
    { database: platform.database },
  );
}
