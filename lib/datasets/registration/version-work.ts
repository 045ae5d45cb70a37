import type { Prisma, PrismaClient } from '#lib/platform/database/client.ts';
import { leaseLost, type WorkLease } from '#lib/platform/database/work-lease.ts';

/** The rows of `dataset_version` as work. */
export const VERSIONS = { name: 'dataset_version', stateType: 'WorkState' };

/** Writes to a version under a lease. @throws AppError CONFLICT when the lease was lost */
export async function updateVersion(
  database: PrismaClient,
  lease: WorkLease,
  data: Prisma.DatasetVersionUpdateManyMutationInput,
): Promise<void> {
  const { count } = await database.datasetVersion.updateMany({
    where: { id: lease.id, attempt: lease.attempt, state: 'running' },
    data,
  });
  if (count === 0) throw leaseLost();
}
