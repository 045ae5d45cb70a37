import * as z from 'zod';
import { defineJob } from '#lib/core/jobs.ts';

/** Computes new snapshots of a study's rankings. A burst of votes becomes one job. */
export const rankStudyJob = defineJob({
  name: 'rank-study',
  payload: z.object({ studyId: z.int() }),
  policy: 'stately',
});

/** Computes a snapshot again from the raw votes and compares it with what is stored. */
export const recomputeSnapshotJob = defineJob({
  name: 'recompute-snapshot',
  payload: z.object({ checkId: z.int() }),
  policy: 'exclusive',
});
