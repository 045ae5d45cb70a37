import type { Platform } from '#lib/platform/platform.ts';
import { reviewRatersJob } from '../jobs.ts';

const LEAST_SECONDS = 20;
const MOST_SECONDS = 600;
/** A look may take this part of the time between two. */
const SHARE = 0.1;

/** Asks for a look at a study's raters: the first at once, later ones the later the dearer they are. */
export async function requestReview(
  { database, queue }: Pick<Platform, 'database' | 'queue'>,
  studyId: number,
): Promise<void> {
  const last = await database.raterReview.findUnique({
    where: { studyId },
    select: { milliseconds: true },
  });
  const seconds = last === null ? 0 : Math.max(LEAST_SECONDS, last.milliseconds / 1000 / SHARE);
  const startAfterSeconds = Math.ceil(Math.min(MOST_SECONDS, seconds));
  await queue.enqueue(
    reviewRatersJob,
    { studyId },
    { singletonKey: String(studyId), startAfterSeconds },
  );
}
