import { IS_STALE } from '#lib/platform/database/work-lease.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { computeAxisJob } from '../axes/jobs.ts';
import { makeManifestJob } from './jobs.ts';

/**
 * Asks for the job of every axis and manifest whose process has died without one, such as a command
 * that was killed. Asking twice makes one job.
 *
 * @returns how many there were
 */
export async function resumeSubsets({
  database,
  queue,
}: Pick<Platform, 'database' | 'queue'>): Promise<number> {
  const axes = await database.$queryRaw<{ id: number }[]>`
    select id from dataset_axis where ${IS_STALE}`;
  for (const { id } of axes)
    await queue.enqueue(computeAxisJob, { axisId: id }, { singletonKey: String(id) });
  const manifests = await database.$queryRaw<{ id: number }[]>`
    select id from manifest where ${IS_STALE}`;
  for (const { id } of manifests)
    await queue.enqueue(makeManifestJob, { manifestId: id }, { singletonKey: String(id) });
  return axes.length + manifests.length;
}
