import * as z from 'zod';
import { defineJob } from '#lib/core/jobs.ts';

/** Describes the scores, captions and labels of a dataset version that is done. */
export const profileVersionJob = defineJob({
  name: 'profile-version',
  payload: z.object({ versionId: z.int() }),
  policy: 'exclusive',
  timeoutSeconds: 4 * 3600,
});
