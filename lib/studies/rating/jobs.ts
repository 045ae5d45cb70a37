import * as z from 'zod';
import { defineJob } from '#lib/core/jobs.ts';

/** Takes back leases whose time is over, of all studies. Each run asks for the next one. */
export const expireLeasesJob = defineJob({
  name: 'expire-leases',
  payload: z.object({}),
  policy: 'short',
  timeoutSeconds: 300,
  retryLimit: 0,
});
