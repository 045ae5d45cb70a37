import type { Transaction } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { curateJob } from '../jobs.ts';

/** Workers that help with one run at a time, over all machines. */
const LANES = 8;

/** Asks workers to help with a run; asking again while they wait changes nothing. */
export async function askLanes(
  { queue }: Pick<Platform, 'queue'>,
  runId: number,
  transaction?: Transaction,
): Promise<void> {
  for (let lane = 0; lane < LANES; lane++)
    await queue.enqueue(
      curateJob,
      { runId, lane },
      { singletonKey: `${runId}/${lane}`, ...(transaction ? { transaction } : {}) },
    );
}
