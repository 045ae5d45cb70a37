import { IS_STALE } from '#lib/platform/database/work-lease.ts';
import type { RunPlatform } from '../units/unit.ts';
import type { LoadedRun } from './load-run.ts';

/** After so many ends in an error, or with the process that did it, a piece of work has failed. */
export const CRASH_LIMIT = 4;

/** A piece of work that waits to be done. */
export interface PickedUnit {
  id: number;
  position: number;
  input: unknown;
}

/** Several processes that pick at once seldom pick the same. */
const CANDIDATES = 8;

/** A piece of work of the run's stage that nobody does; null where there is none now. */
export async function pickUnit(
  { database }: Pick<RunPlatform, 'database'>,
  run: LoadedRun,
): Promise<PickedUnit | null> {
  await takeBack({ database }, run);
  // Of one that waits, the heartbeat says since when it may be tried again.
  const rows = await database.$queryRaw<PickedUnit[]>`
    select id, position, input from curation_unit
    where run_id = ${run.id} and step = ${run.stage} and state = 'waiting'
      and (heartbeat_at is null or heartbeat_at <= now())
    order by crashes, position
    limit ${CANDIDATES}`;
  return rows[Math.floor(Math.random() * rows.length)] ?? null;
}

/** Lets what dead processes were doing wait again, or fail where it has ended too many of them. */
async function takeBack(
  { database }: Pick<RunPlatform, 'database'>,
  run: LoadedRun,
): Promise<void> {
  await database.$executeRaw`
    update curation_unit
    set crashes = crashes + 1, heartbeat_at = null, progress = 0,
        state = case when crashes + 1 >= ${CRASH_LIMIT} then 'failed'::"WorkState"
                else 'waiting'::"WorkState" end,
        problem = case when crashes + 1 >= ${CRASH_LIMIT}
                  then 'The process that worked on it ended ' || (crashes + 1) || ' times.' end,
        finished_at = case when crashes + 1 >= ${CRASH_LIMIT} then now() end
    where run_id = ${run.id} and step = ${run.stage} and ${IS_STALE}`;
}
