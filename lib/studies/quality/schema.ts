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

const share = z.number().nullable();

/** One reason to look at a rater: numbers for programs, a sentence for people. */
export const raterFlagSchema = z.object({
  code: exclusionCauseSchema.exclude(['other']),
  reason: z.string(),
  evidence: z.record(z.string(), z.union([z.number(), z.string()])),
});

/** How a rater answers the pairs that enter rankings. */
export const raterAnswersSchema = z.object({
  left: z.int(),
  right: z.int(),
  ties: z.int(),
  /** The p-value that the rater leans to a side as the others do. */
  sideP: share,
  /** Of the votes: answered too fast to have seen both videos; with a video not watched. */
  fastShare: share,
  unwatchedShare: share,
  /** E-values: how many times likelier the answers are from somebody careless than from an honest rater. */
  eRandom: z.number(),
  eSide: z.number(),
  ePromoter: z.number(),
  promoted: z.string().nullable(),
});

/** What the strengths of arms become without this rater. */
export const raterInfluenceSchema = z.object({
  /** In Elo points, the largest change first; small ones may be left out. */
  changes: z.array(z.object({ arm: z.string(), elo: z.number() })),
  rankChanges: z.boolean(),
  topChanges: z.boolean(),
});

const check = z.object({ seen: z.int(), failed: z.int() });

/** What the newest look at a study's raters says of one of them. */
export const raterQualitySchema = z.object({
  /** Votes that count, whether the rater is excluded or not; votes on full pairs; pairs answered. */
  votes: z.int(),
  surplus: z.int(),
  pairs: z.int(),
  firstSeen: z.iso.datetime(),
  lastSeen: z.iso.datetime(),
  medianSeconds: share,
  /** Pairs with a known answer: missed. */
  gold: check,
  /** Answers asked for twice with the sides swapped: changed. */
  repeats: check,
  /** Pairs of one arm with itself: told apart. */
  same: check,
  /** Null where none of the votes enters a ranking. */
  answers: raterAnswersSchema.nullable(),
  /** The weightiest first. A flag excludes nobody by itself. */
  flags: z.array(raterFlagSchema),
  /** Null for a rater who is excluded. */
  influence: raterInfluenceSchema.nullable(),
});
export type RaterQuality = z.infer<typeof raterQualitySchema>;

/** One entry of a rater's history. */
export const exclusionEntrySchema = z.object({
  isExcluded: z.boolean(),
  because: exclusionCauseSchema,
  reason: z.string(),
  /** Who did it; null for the command line or a user who is gone. */
  by: z.string().nullable(),
  at: z.iso.datetime(),
  /** The flags that the rater had at that time, in words. */
  flags: z.array(z.string()),
});

export const raterViewSchema = raterQualitySchema.extend({
  /** The rater's name inside this study, as in exports. */
  rater: z.string(),
  origin: z.enum(['link', 'simulated', 'imported']),
  isExcluded: z.boolean(),
  /** Newest first. */
  history: z.array(exclusionEntrySchema),
});
export type RaterView = z.infer<typeof raterViewSchema>;

export const raterFilterSchema = z.enum(['all', 'flagged', 'excluded']);
export type RaterFilter = z.infer<typeof raterFilterSchema>;

export const raterListSchema = z.object({
  raters: z.array(raterViewSchema),
  pageSize: z.int(),
  counts: z.object({ all: z.int(), flagged: z.int(), excluded: z.int() }),
  /** When the raters were looked at; null where nobody has voted yet or the first look is due. */
  lookedAt: z.iso.datetime().nullable(),
  /** Newer votes are waiting to be looked at. */
  isStale: z.boolean(),
  /** What the study asks: whether videos have to be watched in full, and whether ties are allowed. */
  requireFullPlay: z.boolean(),
  allowTies: z.boolean(),
});
export type RaterList = z.infer<typeof raterListSchema>;
