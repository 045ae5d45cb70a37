import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { withTransaction } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { findImport, type ImportAddress } from './find-import.ts';
import { studiesUsing } from './studies-using.ts';

/**
 * Deletes an import and all that is known of its files. Their bytes stay until blobs that nothing
 * names are collected. A process that is at work on it notices by its lease and stops.
 *
 * @throws AppError CONFLICT where a study takes videos from it
 */
export async function deleteImport(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  address: ImportAddress,
): Promise<void> {
  const { row } = await findImport(platform, actor, address, 'project.write');
  await withTransaction(
    async (transaction) => {
      // Whoever makes a study of this import meanwhile waits for the same row.
      await transaction.$queryRaw`select id from video_import where id = ${row.id} for update`;
      const studies = await studiesUsing(transaction, row);
      if (studies.length > 0)
        throw new AppError(
          'CONFLICT',
          `The import is used by ${studies.length === 1 ? 'the study' : 'the studies'} ${studies.join(', ')}; delete ${studies.length === 1 ? 'it' : 'them'} first.`,
          { reason: 'in-use', studies },
        );
      await transaction.videoImport.deleteMany({ where: { id: row.id } });
    },
    { database: platform.database },
  );
}
