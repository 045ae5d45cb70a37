import type { Platform } from '#lib/platform/platform.ts';
import { rankStudyJob } from '#lib/reports/jobs.ts';
import { watchStudyJob } from '../jobs.ts';

/** A ranking starts this long after the first vote that asks for it; further votes join it. */
const DELAY_SECONDS = 5;
/** Within this time the job already asked for is certain not to have started. */
const QUIET_MS = (DELAY_SECONDS - 1) * 1000;

const askedAt = new WeakMap<Platform['queue'], Map<number, number>>();

/**
 * Asks for a new ranking of a study and a new look at its votes, without making the vote wait: at most one request every few
 * seconds a study and process, and each vote is followed by a ranking that has seen it. Called after
 * the vote's commit. A queue that can't be reached costs a log line; the next vote asks again.
 */
export function requestRanking(
  { queue, log }: Pick<Platform, 'queue' | 'log'>,
  studyId: number,
): void {
  const asked = askedAt.get(queue) ?? new Map<number, number>();
  askedAt.set(queue, asked);
  const now = performance.now();
  if (now - (asked.get(studyId) ?? Number.NEGATIVE_INFINITY) < QUIET_MS) return;
  asked.set(studyId, now);
  const options = { singletonKey: String(studyId), startAfterSeconds: DELAY_SECONDS };
  Promise.all([
    queue.enqueue(watchStudyJob, { studyId }, options),
    queue.enqueue(rankStudyJob, { studyId }, options),
  ]).catch((error: unknown) => {
    asked.delete(studyId);
    log.warn({ err: error, studyId }, 'asking for a ranking failed');
  });
}
