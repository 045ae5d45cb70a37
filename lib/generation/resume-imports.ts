import { IS_STALE } from '#lib/platform/database/work-lease.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { importVideosJob } from './jobs.ts';

/**
 * Asks for the job of every import whose process has died without one, such as a command that was
 * killed. Asking twice makes one job.
 *
 * @returns how many there were
 */
export async function resumeImports(
  platform: Pick<Platform, 'database' | 'queue'>,
): Promise<number> {
  const rows = await platform.database.$queryRaw<{ id: number }[]>`
    select id from video_import
    where ${IS_STALE}`;
  for (const { id } of rows)
    await platform.queue.enqueue(importVideosJob, { importId: id }, { singletonKey: String(id) });
  return rows.length;
}
