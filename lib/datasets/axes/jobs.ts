import * as z from 'zod';
import { defineJob } from '#lib/core/jobs.ts';

/** Finds the cuts of an axis and makes its subsets. */
export const computeAxisJob = defineJob({
  name: 'compute-axis',
  payload: z.object({ axisId: z.int() }),
  policy: 'exclusive',
  timeoutSeconds: 86_400,
  retryLimit: 10,
});
