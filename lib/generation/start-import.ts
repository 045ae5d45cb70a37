import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { withTransaction } from '#lib/platform/database/client.ts';
import { IS_STALE } from '#lib/platform/database/work-lease.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findImport, type ImportAddress } from './find-import.ts';
import { getImport } from './get-import.ts';
import { importVideosJob } from './jobs.ts';
import type { ImportDetail } from './schema.ts';

export interface StartOptions {
  /** `queue`: a worker reads the files. `here`: the caller will, with `runImport`. */
  run?: 'queue' | 'here';
}

/**
 * Lets an import be read: the first time, again from its beginning when it had ended, or from where
 * it stopped when its process died. While it runs nothing changes.
 *
 * @throws AppError BAD_INPUT where no file was uploaded yet
 */
export async function startImport(
  platform: Pick<Platform, 'database' | 'queue'>,
  actor: Actor,
  address: ImportAddress,
  { run = 'queue' }: StartOptions = {},
): Promise<ImportDetail> {
  const { row } = await findImport(platform, actor, address, 'project.write');
  const detail = await getImport(platform, actor, address);
  if (detail.source.kind === 'upload' && detail.uploadedFiles === 0)
    throw new AppError('BAD_INPUT', 'Upload at least one file first.', { reason: 'no-files' });
  await withTransaction(
    async (transaction) => {
      const changed = await transaction.$executeRaw`
        update video_import
        set listed_at = case when state in ('done', 'failed', 'receiving') then null
                        else listed_at end,
            state = 'waiting', problem = null, finished_at = null
        where id = ${row.id} and (state <> 'running' or ${IS_STALE})`;
      if (changed === 1 && run === 'queue')
        await platform.queue.enqueue(
          importVideosJob,
          { importId: row.id },
          { singletonKey: String(row.id), transaction },
        );
    },
    { database: platform.database },
  );
  return getImport(platform, actor, address);
}
