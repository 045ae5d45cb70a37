import * as z from 'zod';
import { slugSchema } from '#lib/accounts/schema.ts';
import { endpoint } from '#lib/core/endpoint.ts';
import { combinedSubsetSchema, newCombinedSchema, subsetSummarySchema } from './schema.ts';

const version = z.object({
  project: slugSchema,
  dataset: slugSchema,
  /** The newest one that is done when left out. */
  version: z.coerce.number().int().min(1).optional(),
});
const read = endpoint.meta({ permission: 'project.read' });
const write = endpoint.meta({ permission: 'project.write' });
const BASE = '/projects/{project}/datasets/{dataset}/subsets' as const;

/** What remains of a dataset after a cut, a random drop, or the cuts of several axes. */
export const subsetsContract = {
  list: read
    .route({ method: 'GET', path: BASE, summary: 'List the subsets of a dataset version' })
    .input(version.extend({ axis: slugSchema.optional() }))
    .output(z.object({ subsets: z.array(subsetSummarySchema) })),
  /** Asking again for the same cuts gives the same subset. */
  combine: write
    .route({ method: 'POST', path: BASE, summary: 'Combine the cuts of several axes' })
    .input(version.extend(newCombinedSchema.shape))
    .output(combinedSubsetSchema),
  get: read
    .route({ method: 'GET', path: `${BASE}/{subset}`, summary: 'Get a subset and its manifests' })
    .input(version.extend({ subset: slugSchema }))
    .output(subsetSummarySchema),
};
