import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { withTransaction } from '#lib/platform/database/client.ts';
import { IS_STALE } from '#lib/platform/database/work-lease.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findVersion, type VersionAddress } from './find-version.ts';
import { getVersion } from './get-version.ts';
import { registerDatasetJob } from './jobs.ts';
import type { VersionDetail } from './schema.ts';

/**
 * Lets a version that failed, or whose process has died, be registered again from its beginning.
 * While it waits or is read nothing changes.
 *
 * @throws AppError CONFLICT for a version that is done, which never changes
 */
export async function retryVersion(
  platform: Pick<Platform, 'database' | 'queue'>,
  actor: Actor,
  address: VersionAddress & { version: number },
): Promise<VersionDetail> {
  const { row } = await findVersion(platform, actor, address, 'project.write');
  if (row.state === 'done')
    throw new AppError(
      'CONFLICT',
      'This version is done and never changes; register its table as the next one.',
      { reason: 'version-done' },
    );
  await withTransaction(
    async (transaction) => {
      const changed = await transaction.$executeRaw`
        update dataset_version
        set state = 'waiting', problem = null, finished_at = null, progress = null
        where id = ${row.id} and (state in ('waiting', 'failed', 'cancelled') or ${IS_STALE})`;
      if (changed === 1)
        await platform.queue.enqueue(
          registerDatasetJob,
          { versionId: row.id },
          { singletonKey: String(row.id), transaction },
        );
    },
    { database: platform.database },
  );
  return getVersion(platform, actor, address);
}
