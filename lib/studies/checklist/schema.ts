import * as z from 'zod';

/** Where in a study's form a person puts it right. */
export const fixPlaceSchema = z.enum([
  'arms',
  'prompts',
  'questions',
  'rules',
  'import',
  'renditions',
  'differences',
]);
export type FixPlace = z.infer<typeof fixPlaceSchema>;

/**
 * One thing to do before a study opens. `blocker`: a person has to act. `waiting`: it goes away by
 * itself. `advice`: the study can open with it.
 */
export const checklistItemSchema = z.object({
  code: z.enum([
    'import-missing',
    'import-kind',
    'import-running',
    'video-missing',
    'video-refused',
    'rendition-waiting',
    'rendition-failed',
    'prompt-text-missing',
    'level-missing',
    'level-repeated',
    'control-alone',
    'control-clips',
    'series-missing',
    'step-alone',
    'difference-open',
    'gold-missing',
    'gold-share-missing',
    'gold-contradicts',
    'same-missing',
    'example-missing',
    'too-large',
    'adaptive-helps',
    'adaptive-headroom',
  ]),
  severity: z.enum(['blocker', 'waiting', 'advice']),
  /** A sentence. */
  message: z.string(),
  /** What it is about, at most 20 names; `more` counts the others. */
  names: z.array(z.string()),
  more: z.int(),
  fix: fixPlaceSchema,
});
export type ChecklistItem = z.infer<typeof checklistItemSchema>;

/** A difference between arms beyond the filter, and whether somebody has accepted it. */
export const differenceSchema = z.object({
  field: z.string(),
  /** The field in words. */
  label: z.string(),
  values: z.array(z.object({ value: z.string().nullable(), arms: z.array(z.string()) })),
  acknowledgement: z
    .object({
      reason: z.string(),
      by: z.string().nullable(),
      at: z.iso.datetime(),
      /** False: the values have changed since, and the study asks again. */
      isCurrent: z.boolean(),
    })
    .nullable(),
});
export type DifferenceView = z.infer<typeof differenceSchema>;

export const renditionCountsSchema = z.object({
  wanted: z.int(),
  ready: z.int(),
  waiting: z.int(),
  failed: z.int(),
});
export type RenditionCounts = z.infer<typeof renditionCountsSchema>;

export const checklistSchema = z.object({
  /** True: a draft with nothing that blocks and nothing to wait for. */
  canOpen: z.boolean(),
  items: z.array(checklistItemSchema),
  /** Differences block the opening of a study that has an axis; without one they are for information. */
  differencesBlock: z.boolean(),
  differences: z.array(differenceSchema),
  renditions: renditionCountsSchema,
});
export type Checklist = z.infer<typeof checklistSchema>;

export const acknowledgementInputSchema = z.object({
  field: z.string().min(1).max(200),
  reason: z
    .string()
    .trim()
    .min(3, 'say in a few words why this difference is accepted; the report prints it')
    .max(2000),
});
