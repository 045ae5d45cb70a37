import * as z from 'zod';
import { exclusionCauseSchema } from '../quality/schema.ts';

/** Which of the votes that could count are left out; part of a snapshot's key. */
export const exclusionSchema = z.object({ simulated: z.boolean(), imported: z.boolean() });
export type Exclusion = z.infer<typeof exclusionSchema>;

/** The share of votes that are excluded for a cause (null: for any) in either half of the votes. */
export const exclusionShiftSchema = z.object({
  because: exclusionCauseSchema.nullable(),
  before: z.number(),
  after: z.number(),
  /** That they are equal. */
  p: z.number(),
});
export type ExclusionShift = z.infer<typeof exclusionShiftSchema>;

/** How many votes there are of each sort, at a snapshot's watermark. */
export const voteBreakdownSchema = z.object({
  /** Ranked votes by their origin; those of excluded raters are not among them. */
  people: z.int(),
  simulated: z.int(),
  imported: z.int(),
  surplus: z.int(),
  trial: z.int(),
  checks: z.int(),
  retracted: z.int(),
  /** Ranked votes that carry a mark; marks exclude nothing by themselves. */
  marked: z.int(),
  /** Those with a ranked vote. */
  raters: z.int(),
  /** Votes that would be ranked but for the exclusion of their raters. */
  excluded: z
    .array(z.object({ because: exclusionCauseSchema, votes: z.int(), raters: z.int() }))
    .default([]),
  /** How the share of excluded votes changed over the study; filled in with a ranking. */
  exclusionShifts: z.array(exclusionShiftSchema).default([]),
});
export type VoteBreakdown = z.infer<typeof voteBreakdownSchema>;
