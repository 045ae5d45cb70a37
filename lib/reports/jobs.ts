import * as z from 'zod';
import { defineJob } from '#lib/core/jobs.ts';

/** Computes new snapshots of a study's rankings. A burst of votes becomes one job. */
export const rankStudyJob = defineJob({
  name: 'rank-study',
  payload: z.object({ studyId: z.int() }),
  policy: 'stately',
});
