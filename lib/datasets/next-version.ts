import type { ProjectId } from '#lib/accounts/authorize.ts';
import type { Transaction } from '#lib/platform/database/client.ts';

/**
 * The dataset of this slug, made when the project has none, and the number of its next version. Holds
 * the dataset until the transaction ends, so that two versions never get one number.
 */
export async function nextVersion(
  transaction: Transaction,
  projectId: ProjectId,
  { slug, name }: { slug: string; name: string },
): Promise<{ datasetId: number; number: number }> {
  await transaction.dataset.createMany({ data: { projectId, slug, name }, skipDuplicates: true });
  const [row] = await transaction.$queryRaw<{ id: number }[]>`
    select id from dataset where project_id = ${projectId} and slug = ${slug} for update`;
  if (!row) throw new Error('The dataset was deleted while a version of it was made.');
  const newest = await transaction.datasetVersion.aggregate({
    where: { datasetId: row.id },
    _max: { number: true },
  });
  return { datasetId: row.id, number: (newest._max.number ?? 0) + 1 };
}
