import * as z from 'zod';
import { defineJob } from '#lib/core/jobs.ts';

/** Writes the file that lists a subset. */
export const makeManifestJob = defineJob({
  name: 'make-manifest',
  payload: z.object({ manifestId: z.int() }),
  policy: 'exclusive',
  timeoutSeconds: 86_400,
  retryLimit: 10,
});

/** Looks for axes and manifests whose process has died without a job, such as a killed command. */
export const resumeSubsetsJob = defineJob({
  name: 'resume-subsets',
  payload: z.object({}),
  policy: 'short',
  retryLimit: 0,
  timeoutSeconds: 60,
});
