import * as z from 'zod';
import { slugSchema } from '#lib/accounts/schema.ts';
import { manifestSummarySchema } from '../manifests/schema.ts';
import { columnNameSchema } from '../schema.ts';

/** 32 hexadecimal digits: what `md5` of DuckDB and of Python gives. */
export const hashSchema = z.string().regex(/^[0-9a-f]{32}$/);

/** Which end of a score is dropped. */
export const directionSchema = z.enum(['low', 'high']);
export type Direction = z.infer<typeof directionSchema>;

/**
 * What becomes of clips without the score: `remove-first`, before the worst score; `keep`, after all
 * others; `exclude`, they are left out before the sample is drawn.
 */
export const missingPolicySchema = z.enum(['remove-first', 'keep', 'exclude']);
export type MissingPolicy = z.infer<typeof missingPolicySchema>;

/** A share with at most four decimals, so that it is written alike everywhere. */
export const fractionSchema = z
  .number()
  .min(0)
  .lt(1)
  .refine((fraction) => Math.round(fraction * 10_000) / 10_000 === fraction, {
    error: 'use a share of at most four decimals, such as 0.125',
  });

export const seedSchema = z.int().min(0).max(2_147_483_647);

/** The clips that an axis starts from: all, or so many that a hash chooses. */
export const sampleChoiceSchema = z.strictObject({
  size: z.int().min(1).nullable().default(null),
  seed: seedSchema.default(0),
});
export type SampleChoice = z.infer<typeof sampleChoiceSchema>;

/** Where a cut lies: the last clip that it removes. `value` is null for a clip without the score. */
export const cutPointSchema = z.strictObject({
  value: z.number().nullable(),
  tieHash: hashSchema,
});
export type CutPoint = z.infer<typeof cutPointSchema>;

export const subsetCutSchema = z.strictObject({
  axis: slugSchema,
  score: columnNameSchema,
  direction: directionSchema,
  missing: missingPolicySchema,
  fraction: fractionSchema,
  /** Null where nothing is removed. */
  cut: cutPointSchema.nullable(),
});
export type SubsetCut = z.infer<typeof subsetCutSchema>;

/** Shares of the caption columns; they are made to sum to 1. */
export const captionMixSchema = z.strictObject({
  columns: z
    .array(z.strictObject({ column: columnNameSchema, weight: z.number().positive().finite() }))
    .min(1)
    .max(20)
    .refine((columns) => new Set(columns.map(({ column }) => column)).size === columns.length, {
      error: 'name each caption column once',
    }),
  seed: seedSchema.default(0),
});
export type CaptionMix = z.infer<typeof captionMixSchema>;

/** A subset as a rule over the clips of a version: docs/subsets.md says it in formulas. */
export const subsetDefinitionSchema = z.strictObject({
  sample: sampleChoiceSchema.extend({
    /** Clips that lack one of these scores are left out before the sample is drawn. */
    present: z.array(columnNameSchema),
    /** The largest sample hash that is in; null for all clips. */
    threshold: hashSchema.nullable(),
  }),
  cuts: z.array(subsetCutSchema).max(20),
  /** A random drop instead of the cuts: clips with a control hash up to the threshold are out. */
  control: z
    .strictObject({
      /** `axis:fraction`, or the short name of the combined filter. */
      label: z.string().max(200),
      removed: z.int().min(0),
      threshold: hashSchema.nullable(),
    })
    .nullable(),
  captionMix: captionMixSchema.nullable(),
});
export type SubsetDefinition = z.infer<typeof subsetDefinitionSchema>;

/** Of a combined filter: what each cut keeps alone, and what all keep together. */
export const combinedCountsSchema = z.object({
  sampled: z.int(),
  alone: z.array(z.object({ axis: slugSchema, fraction: fractionSchema, kept: z.int() })),
  together: z.int(),
});
export type CombinedCounts = z.infer<typeof combinedCountsSchema>;

export const subsetSummarySchema = z.object({
  slug: slugSchema,
  name: z.string(),
  version: z.int(),
  /** Null for a combined filter. */
  axis: slugSchema.nullable(),
  isControl: z.boolean(),
  clips: z.int(),
  definition: subsetDefinitionSchema,
  definitionHash: z.string(),
  counts: combinedCountsSchema.nullable(),
  manifests: z.array(manifestSummarySchema),
  createdAt: z.iso.datetime(),
});
export type SubsetSummary = z.infer<typeof subsetSummarySchema>;

export const newCombinedSchema = z.object({
  name: z.string().trim().min(1, 'give the subset a name').max(80),
  /** Made from the name when left out. */
  slug: slugSchema.optional(),
  parts: z.array(z.object({ axis: slugSchema, fraction: fractionSchema })).max(20),
  captionMix: captionMixSchema.nullable().default(null),
  /** Also a random drop to the same number of clips. */
  hasControl: z.boolean().default(false),
});
export type NewCombined = z.output<typeof newCombinedSchema>;
export type NewCombinedInput = z.input<typeof newCombinedSchema>;

export const combinedSubsetSchema = z.object({
  subset: subsetSummarySchema,
  control: subsetSummarySchema.nullable(),
});
export type CombinedSubset = z.infer<typeof combinedSubsetSchema>;
