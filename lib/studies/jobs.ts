import * as z from 'zod';
import { defineJob } from '#lib/core/jobs.ts';

/** Brings every video of a study to its common form. One at a time a study; key: the study's id. */
export const renderStudyJob = defineJob({
  name: 'render-study',
  payload: z.object({ studyId: z.int() }),
  policy: 'stately',
  // A study of thousands of videos takes hours; it goes on where it stopped.
  timeoutSeconds: 86_400,
  retryLimit: 5,
});

/** Looks at a study's votes: whether they are enough, and which pairs to ask next. */
export const watchStudyJob = defineJob({
  name: 'watch-study',
  payload: z.object({ studyId: z.int() }),
  policy: 'stately',
});

/** Looks at how a study's raters answer. A burst of rankings becomes one look; key: the study's id. */
export const reviewRatersJob = defineJob({
  name: 'review-raters',
  payload: z.object({ studyId: z.int() }),
  policy: 'stately',
});
