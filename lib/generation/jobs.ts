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
