import { IS_STALE } from '#lib/platform/database/work-lease.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { registerDatasetJob } from './jobs.ts';

/**
 * Asks for the job of every version whose process has died without one, such as a command that was
 * killed. Asking twice makes one job.
 *
 * @returns how many there were
 */
export async function resumeRegistrations(
  platform: Pick<Platform, 'database' | 'queue'>,
): Promise<number> {
  const rows = await platform.database.$queryRaw<{ id: number }[]>`
    select id from dataset_version where ${IS_STALE}`;
  for (const { id } of rows)
    await platform.queue.enqueue(
      registerDatasetJob,
      { versionId: id },
      { singletonKey: String(id) },
    );
  return rows.length;
}
