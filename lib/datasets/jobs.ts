import * as z from 'zod';
import { defineJob } from '#lib/core/jobs.ts';

/** Reads the table of a version and writes its canonical parts. */
export const registerDatasetJob = defineJob({
  name: 'register-dataset',
  payload: z.object({ versionId: z.int() }),
  policy: 'exclusive',
  // A day: a silent worker is noticed by its heartbeat.
  timeoutSeconds: 86_400,
  retryLimit: 10,
});

/** Looks for versions whose process has died without a job, such as a command that was killed. */
export const resumeRegistrationsJob = defineJob({
  name: 'resume-registrations',
  payload: z.object({}),
  policy: 'short',
  retryLimit: 0,
  timeoutSeconds: 60,
});
