import * as z from 'zod';
import { slugSchema } from '#lib/accounts/schema.ts';
import { columnNameSchema, versionStateSchema } from '../schema.ts';
import {
  cutPointSchema,
  directionSchema,
  fractionSchema,
  missingPolicySchema,
  sampleChoiceSchema,
} from '../subsets/schema.ts';

/** One score along which subsets of a version differ. */
export const axisDefinitionSchema = z.strictObject({
  score: columnNameSchema,
  /** `low`: the lowest scores are dropped, as for quality; `high`: the highest, as for text area. */
  direction: directionSchema,
  fractions: z
    .array(fractionSchema)
    .min(1)
    .max(12)
    .default([0, 0.125, 0.25, 0.5])
    .transform((fractions) => [...new Set(fractions)].sort((a, b) => a - b)),
  sample: sampleChoiceSchema.prefault({}),
  missing: missingPolicySchema.default('remove-first'),
  /** Also a random drop of the same size for each fraction. */
  hasControl: z.boolean().default(false),
});
export type AxisDefinition = z.output<typeof axisDefinitionSchema>;

export const newAxisSchema = z.object({
  name: z.string().trim().min(1, 'give the axis a name').max(80),
  /** Made from the name when left out. */
  slug: slugSchema.optional(),
  definition: axisDefinitionSchema,
});
export type NewAxis = z.output<typeof newAxisSchema>;
export type NewAxisInput = z.input<typeof newAxisSchema>;

/** How many clips of each value of a text column a subset keeps and removes. */
const labelCountsSchema = z.object({
  column: columnNameSchema,
  /** By falling number of clips. */
  labels: z.array(
    z.object({
      /** Null for clips without the text. */
      label: z.string().nullable(),
      clips: z.int(),
      /** In the order of the axis's fractions. */
      removed: z.array(z.int()),
    }),
  ),
});

export const axisFractionSchema = z.object({
  fraction: fractionSchema,
  /** Exactly floor(fraction * N + 0.5). */
  removed: z.int(),
  kept: z.int(),
  /** Of the removed ones, those without the score. */
  removedMissing: z.int(),
  cut: cutPointSchema.nullable(),
  /** Clips whose score is the cut value, and how many of them are removed. */
  ties: z.object({ clips: z.int(), removed: z.int() }).nullable(),
  /** Short names of the subsets that were made of it. */
  subset: slugSchema,
  control: slugSchema.nullable(),
  /** The last clips that go and the first that stay: nearest to the cut first. */
  around: z.object({ removed: z.array(z.string()), kept: z.array(z.string()) }),
});
export type AxisFraction = z.infer<typeof axisFractionSchema>;

/** Clips that two subsets of a version share. */
export const overlapSchema = z.object({
  a: slugSchema,
  b: slugSchema,
  clipsA: z.int(),
  clipsB: z.int(),
  both: z.int(),
  /** |A and B| / |A or B|; 1 where both are empty. */
  jaccard: z.number(),
});
export type Overlap = z.infer<typeof overlapSchema>;

export const axisResultSchema = z.object({
  /** Clips of the version. */
  clips: z.int(),
  /** Clips of the base sample: N. */
  sampled: z.int(),
  /** Of those, the ones without the score. */
  missing: z.int(),
  /** Largest sample hash that is in; null for all clips. */
  sampleThreshold: z.string().nullable(),
  fractions: z.array(axisFractionSchema),
  labels: z.array(labelCountsSchema),
  overlaps: z.array(overlapSchema),
});
export type AxisResult = z.infer<typeof axisResultSchema>;

export const axisProgressSchema = z.object({
  /** What is done now, in a few words. */
  step: z.enum(['sample', 'cuts', 'ties', 'control', 'overlap', 'labels', 'examples']),
  done: z.int(),
  steps: z.int(),
});
export type AxisProgress = z.infer<typeof axisProgressSchema>;

export const axisSummarySchema = z.object({
  slug: slugSchema,
  name: z.string(),
  version: z.int(),
  state: versionStateSchema,
  problem: z.string().nullable(),
  definition: axisDefinitionSchema,
  sampled: z.int().nullable(),
  missing: z.int().nullable(),
  /** Cut values in the order of the fractions; empty until they are computed. */
  cuts: z.array(cutPointSchema.nullable()),
  createdAt: z.iso.datetime(),
});
export type AxisSummary = z.infer<typeof axisSummarySchema>;

export const axisDetailSchema = axisSummarySchema.extend({
  dataset: slugSchema,
  /** Null until it is computed. Overlaps are told with all axes of the version. */
  result: axisResultSchema.nullable(),
  progress: axisProgressSchema.nullable(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
});
export type AxisDetail = z.infer<typeof axisDetailSchema>;
