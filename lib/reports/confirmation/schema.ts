import * as z from 'zod';
import { slugSchema } from '#lib/accounts/schema.ts';
import { combinedSubsetSchema, seedSchema } from '#lib/datasets/subsets/schema.ts';

/** How the decided axes of a project stand to the axes of a dataset. */
export const filterLinksSchema = z.object({
  dataset: slugSchema,
  version: z.int(),
  axes: z.array(
    z.object({
      name: z.string(),
      study: z.string(),
      revision: z.int(),
      removedFraction: z.number(),
      /** The dataset's axis that the study names, or one of the same name; null where none is found. */
      suggested: slugSchema.nullable(),
    }),
  ),
  /** The axes of the dataset with the fractions that have a computed cut. */
  options: z.array(
    z.object({ slug: slugSchema, name: z.string(), fractions: z.array(z.number()) }),
  ),
  /** The decided mix, with the columns of it that the dataset lacks; null where none is decided. */
  mix: z
    .object({
      columns: z.array(z.object({ column: z.string(), share: z.number() })),
      lacking: z.array(z.string()),
    })
    .nullable(),
});
export type FilterLinks = z.infer<typeof filterLinksSchema>;

export const newCombinedFilterSchema = z.object({
  name: z.string().trim().min(1, 'give the subset a name').max(60).default('Combined filter'),
  /** Which axis of the dataset each decided axis is; those left out are not cut along. */
  links: z.array(z.object({ axis: z.string().min(1).max(80), datasetAxis: slugSchema })).max(20),
  /** Whether each clip's caption is drawn by the decided mix. */
  withMix: z.boolean().default(true),
  /** Of that draw. */
  seed: seedSchema.default(0),
});
export type NewCombinedFilter = z.output<typeof newCombinedFilterSchema>;

/** The subset, and the random drop to the same size. */
export const combinedResultSchema = combinedSubsetSchema.extend({
  dataset: slugSchema,
  version: z.int(),
});
export type CombinedResult = z.infer<typeof combinedResultSchema>;

export const preparedConfirmationSchema = z.object({
  /** Of the draft. */
  study: slugSchema,
  /** Training settings that differ between the axes' studies: not taken over. */
  unlike: z.array(z.string()),
});
export type PreparedConfirmation = z.infer<typeof preparedConfirmationSchema>;
