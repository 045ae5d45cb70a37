import * as z from 'zod';
import { defineJob } from '#lib/core/jobs.ts';

/**
 * Lends one worker to a run: it takes piece after piece of its work until none is left. A run has
 * several lanes, so that several workers help at once.
 */
export const curateJob = defineJob({
  name: 'curate',
  payload: z.object({ runId: z.int(), lane: z.int() }),
  // One that runs may be about to end when the next stage's work turns up: one more waits behind it.
  policy: 'stately',
  timeoutSeconds: 86_400,
  retryLimit: 10,
});

/** The table of a run is there: the dataset's next version is made of it. */
export const takeInRunJob = defineJob({
  name: 'take-in-run',
  payload: z.object({ runId: z.int() }),
  policy: 'short',
  retryLimit: 10,
});

/** Looks for runs that nobody works on, such as those of a command that was killed. */
export const resumeRunsJob = defineJob({
  name: 'resume-runs',
  payload: z.object({}),
  policy: 'short',
  retryLimit: 0,
  timeoutSeconds: 60,
});
