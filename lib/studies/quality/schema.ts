import * as z from 'zod';

/** For what a rater is excluded: one of the flags, or something that a person saw. */
export const exclusionCauseSchema = z.enum([
  'random',
  'side-only',
  'promoter',
  'fast',
  'unwatched',
  'gold',
  'other',
]);
export type ExclusionCause = z.infer<typeof exclusionCauseSchema>;

/** Why somebody excludes a rater or includes one again, in their own words. */
export const exclusionReasonSchema = z.string().trim().min(1).max(500);
