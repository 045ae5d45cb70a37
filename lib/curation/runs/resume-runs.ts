import { IS_STALE } from '#lib/platform/database/work-lease.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { askLanes } from './ask-lanes.ts';

/**
 * Asks workers to help with every run that nobody has worked on for a minute, such as one whose
 * command was killed. Asking twice changes nothing.
 *
 * @returns how many there were
 */
export async function resumeRuns(platform: Pick<Platform, 'database' | 'queue'>): Promise<number> {
  const rows = await platform.database.$queryRaw<{ id: number }[]>`
    select id from curation_run run
    where state in ('waiting', 'running') and created_at < now() - interval '1 minute'
      and not exists (
        select from curation_unit
        where run_id = run.id
          and ((state = 'running' and not ${IS_STALE}) or finished_at > now() - interval '1 minute'))`;
  for (const { id } of rows) await askLanes(platform, id);
  return rows.length;
}
