import * as z from 'zod';

/** Which of the votes that could count are left out; part of a snapshot's key. */
export const exclusionSchema = z.object({ simulated: z.boolean(), imported: z.boolean() });
export type Exclusion = z.infer<typeof exclusionSchema>;

/** How many votes there are of each sort, at a snapshot's watermark. */
export const voteBreakdownSchema = z.object({
  people: z.int(),
  simulated: z.int(),
  imported: z.int(),
  surplus: z.int(),
  trial: z.int(),
  checks: z.int(),
  retracted: z.int(),
  /** Ranked votes that carry a mark; marks exclude nothing by themselves. */
  marked: z.int(),
  raters: z.int(),
});
export type VoteBreakdown = z.infer<typeof voteBreakdownSchema>;
