import * as z from 'zod';
import { voteBreakdownSchema } from '#lib/studies/votes/schema.ts';
import {
  armRoleSchema,
  rankingMethodSchema,
  snapshotHeadSchema,
  snapshotSchema,
  studyHeadSchema,
} from '../schema.ts';

/** What a study's report shows. */
export const reportViewSchema = z.object({
  study: studyHeadSchema.extend({ countSimulated: z.boolean(), countImported: z.boolean() }),
  arms: z.array(
    z.object({
      id: z.int(),
      name: z.string(),
      level: z.number().nullable(),
      role: armRoleSchema,
    }),
  ),
  questions: z.array(z.object({ position: z.int(), key: z.string(), wording: z.string() })),
  progress: z.array(z.object({ question: z.int(), counted: z.int(), wanted: z.int() })),
  method: rankingMethodSchema,
  breakdown: voteBreakdownSchema,
  snapshot: snapshotHeadSchema.nullable(),
  /** One per question in their order, then the mean of all where there are several. Empty before the first vote. */
  snapshots: z.array(snapshotSchema),
  /** In what the arms differ beyond the axis, each accepted by a person with a reason. */
  acceptedDifferences: z.array(
    z.object({ field: z.string(), reason: z.string(), acceptedAt: z.iso.datetime() }),
  ),
  /** Pairs that raters reported instead of voting, newest first, at most 100. */
  brokenReports: z.array(
    z.object({
      prompt: z.string(),
      /** The arms on either side of that rater's screen. */
      left: z.string(),
      right: z.string(),
      /** Which side, and what the rater wrote. */
      problem: z.string(),
      shownAt: z.iso.datetime(),
    }),
  ),
  /** A sentence where the share of votes left out with their raters has changed; else null. */
  exclusionAlarm: z.string().nullable(),
  /** A newer vote than the snapshots' watermark is waiting to be ranked. */
  isStale: z.boolean(),
});
export type ReportView = z.infer<typeof reportViewSchema>;
