import * as z from 'zod';
import { defineJob } from '#lib/core/jobs.ts';

/** Lists the source of an import and decodes what it found. */
export const importVideosJob = defineJob({
  name: 'import-videos',
  payload: z.object({ importId: z.int() }),
  policy: 'exclusive',
  // A day: a big import goes on where it stopped, and a silent worker is noticed by its heartbeat.
  timeoutSeconds: 86_400,
  retryLimit: 10,
});

/** Looks for imports whose process has died without a job, such as a command that was killed. */
export const resumeImportsJob = defineJob({
  name: 'resume-imports',
  payload: z.object({}),
  policy: 'short',
  retryLimit: 0,
  timeoutSeconds: 60,
});
