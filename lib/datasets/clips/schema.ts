import * as z from 'zod';
import { canonicalColumnSchema, columnNameSchema } from '../schema.ts';

/** How far into a list one can look: what lies deeper is reached by a range. */
export const MOST_LISTED = 10_000;
/** Clips of one answer. */
export const MOST_AT_ONCE = 60;
/** Ranges that may hold at a time. */
const MOST_RANGES = 12;

/** Clips whose value lies in a range, both ends included, or that have none. */
export const clipRangeSchema = z
  .object({
    column: columnNameSchema,
    min: z.coerce.number().optional(),
    max: z.coerce.number().optional(),
    /** `missing`: only clips without a value. */
    has: z.enum(['value', 'missing']).default('value'),
  })
  .refine(({ min, max }) => min === undefined || max === undefined || min <= max, {
    error: 'give a lower end that is not above the upper one',
    path: ['min'],
  });
export type ClipRange = z.output<typeof clipRangeSchema>;

/** Which clips of a version. */
export const clipFilterSchema = z.object({
  ranges: z.array(clipRangeSchema).max(MOST_RANGES).default([]),
  /** A part of a caption, text or path, whatever its case. */
  contains: z.string().max(200).optional(),
  /** Where to look for it; everywhere when left out. */
  containsIn: columnNameSchema.optional(),
});
export type ClipFilter = z.output<typeof clipFilterSchema>;

export const clipOrderSchema = z.object({
  /** Without one in the order of the uids, which is as good as none. Clips without a value come last. */
  sort: columnNameSchema.optional(),
  direction: z.enum(['asc', 'desc']).default('desc'),
});
export type ClipOrder = z.output<typeof clipOrderSchema>;

export const clipSchema = z.object({
  uid: z.string(),
  path: z.string(),
  /** The other columns; numbers that are whole and beyond 2^53 are texts. */
  values: z.record(columnNameSchema, z.union([z.string(), z.number(), z.null()])),
});
export type Clip = z.infer<typeof clipSchema>;

export const clipPageSchema = z.object({
  version: z.int(),
  /** What the values are, in the order of the table. */
  columns: z.array(canonicalColumnSchema.pick({ name: true, kind: true, type: true })),
  clips: z.array(clipSchema),
  /** Whether there are more behind these, within the first 10,000. */
  hasMore: z.boolean(),
});
export type ClipPage = z.infer<typeof clipPageSchema>;
