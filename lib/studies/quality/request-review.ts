import type { Platform } from '#lib/platform/platform.ts';
import { reviewRatersJob } from '../jobs.ts';

const LEAST_SECONDS = 20;
const MOST_SECONDS = 600;
/** A look may take this part of the time between two. */
const SHARE = 0.1;

/** Asks for a look at a study's raters after its votes were ranked: the dearer it is, the later. */
export async function requestReview(
  { database, queue }: Pick<Platform, 'database' | 'queue'>,
  studyId: number,
): Promise<void> {
  const last = await database.raterReview.findUnique({
    where: { studyId },
    select: { milliseconds: true },
  });
  const wished = (last?.milliseconds ?? 0) / 1000 / SHARE;
  const startAfterSeconds = Math.ceil(Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, wished)));
  await queue.enqueue(
    reviewRatersJob,
    { studyId },
    { singletonKey: String(studyId), startAfterSeconds },
  );
}
