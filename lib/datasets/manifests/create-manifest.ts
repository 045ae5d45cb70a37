import type { Actor } from '#lib/accounts/actor.ts';
import { withTransaction } from '#lib/platform/database/client.ts';
import { IS_STALE } from '#lib/platform/database/work-lease.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findSubset, type SubsetAddress } from '../subsets/find-subset.ts';
import { makeManifestJob } from './jobs.ts';
import { manifestSummary } from './manifest-view.ts';
import type { ManifestFormat, ManifestSummary } from './schema.ts';

export interface CreateManifestOptions {
  /** `queue`: a worker writes the file. `here`: the caller will, with `runManifest`. */
  run?: 'queue' | 'here';
}

/**
 * Asks for the file that lists a subset, in one format. Asking again gives the same one; one that has
 * failed is tried again.
 *
 * @throws AppError NOT_FOUND or FORBIDDEN
 */
export async function createManifest(
  platform: Pick<Platform, 'database' | 'queue'>,
  actor: Actor,
  { format, ...address }: SubsetAddress & { format: ManifestFormat },
  { run = 'queue' }: CreateManifestOptions = {},
): Promise<ManifestSummary> {
  const { row, version, dataset } = await findSubset(platform, actor, address, 'project.write');
  const where = { subsetId_format: { subsetId: row.id, format } };
  const manifest = await withTransaction(
    async (transaction) => {
      await transaction.manifest.createMany({
        data: { subsetId: row.id, format },
        skipDuplicates: true,
      });
      const { id } = await transaction.manifest.findUniqueOrThrow({ where, select: { id: true } });
      const waits = await transaction.$executeRaw`
        update manifest set state = 'waiting', problem = null, finished_at = null
        where id = ${id} and (state in ('waiting', 'failed') or ${IS_STALE})`;
      if (waits === 1 && run === 'queue')
        await platform.queue.enqueue(
          makeManifestJob,
          { manifestId: id },
          { singletonKey: String(id), transaction },
        );
      return transaction.manifest.findUniqueOrThrow({ where });
    },
    { database: platform.database },
  );
  const place = { dataset: dataset.slug, version: version.number, subset: row.slug };
  return manifestSummary(manifest, place);
}
