import * as z from 'zod';
import { defineJob } from '#lib/core/jobs.ts';

/** Takes back leases whose time is over, of all studies; asked for every minute, one at a time. */
export const expireLeasesJob = defineJob({
  name: 'expire-leases',
  payload: z.object({}),
  policy: 'exclusive',
  timeoutSeconds: 300,
  retryLimit: 0,
});
