import * as z from 'zod';

/** Shares of the clips below a quantile, for every score. */
export const QUANTILE_SHARES = [
  0.001, 0.01, 0.05, 0.125, 0.25, 0.5, 0.75, 0.875, 0.95, 0.99, 0.999,
] as const;

/** Shares of the captions that are shorter. */
export const LENGTH_SHARES = [0.01, 0.25, 0.5, 0.75, 0.99] as const;

/** Texts with at most this many different values count as labels. */
export const MOST_LABELS = 20;

/** Bins of equal width from `low` on; a value at the very end belongs to the last one. */
export const scoreBinsSchema = z.object({
  low: z.number(),
  width: z.number().positive(),
  counts: z.array(z.int()),
  /** Clips below the first and above the last bin. */
  under: z.int(),
  over: z.int(),
});
export type ScoreBins = z.infer<typeof scoreBinsSchema>;

/** What a column of numbers looks like. The numbers are null where no clip has a value. */
export const scoreProfileSchema = z.object({
  name: z.string(),
  /** Clips with a value, and without. */
  count: z.int(),
  missing: z.int(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  mean: z.number().nullable(),
  /** The sample's standard deviation (n - 1). */
  sd: z.number().nullable(),
  /** At `QUANTILE_SHARES`, interpolated between neighbours (type 7 of Hyndman and Fan); empty without values. */
  quantiles: z.array(z.number()),
  /** `estimated`: by a t-digest, where sorting all values would take too much memory. */
  quantileMethod: z.enum(['exact', 'estimated']),
  /** How many different values there are; estimated (HyperLogLog) above a million clips. */
  distinct: z.int(),
  /** The most frequent value, and how many clips have it; null where no value repeats. */
  mode: z.object({ value: z.number(), count: z.int() }).nullable(),
  /** From the 0.1 % to the 99.9 % quantile (all of up to 1,000 clips), 60 or the root of the clips; null without values. */
  bins: scoreBinsSchema.nullable(),
});
export type ScoreProfile = z.infer<typeof scoreProfileSchema>;

const matrixSchema = z.array(z.array(z.number().nullable()));
/** `pearson[row][column]` and `spearman[row][column]`; null where they can't be told. */
export const correlationsSchema = z.object({
  names: z.array(z.string()),
  /** Over all clips that have both scores. */
  pearson: matrixSchema,
  /** Over a sample of them, ranks with ties at their mean. */
  spearman: matrixSchema,
  /** Clips that the sample drew from the table, by md5 of their uid. */
  sample: z.int(),
});
export type Correlations = z.infer<typeof correlationsSchema>;

export const captionProfileSchema = z.object({
  name: z.string(),
  /** Captions that are absent or empty. */
  missing: z.int(),
  /** In characters, of those that are not missing; at `LENGTH_SHARES`. */
  lengths: z.array(z.int()),
  meanLength: z.number().nullable(),
  /** Of the first clips that have one. */
  examples: z.array(z.string()),
});
export type CaptionProfile = z.infer<typeof captionProfileSchema>;

export const labelProfileSchema = z.object({
  name: z.string(),
  missing: z.int(),
  /** Most frequent first. */
  values: z.array(z.object({ value: z.string(), count: z.int() })),
});
export type LabelProfile = z.infer<typeof labelProfileSchema>;

/** What a dataset version looks like, computed once. Kept in `DatasetVersion.profile`. */
export const profileSchema = z.object({
  format: z.literal(1),
  clips: z.int(),
  /** Scores first, then the clips' own numbers. */
  scores: z.array(scoreProfileSchema),
  /** Null with fewer than two scores. */
  correlations: correlationsSchema.nullable(),
  captions: z.array(captionProfileSchema),
  labels: z.array(labelProfileSchema),
});
export type Profile = z.infer<typeof profileSchema>;
