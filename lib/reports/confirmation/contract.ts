import * as z from 'zod';
import { slugSchema } from '#lib/accounts/schema.ts';
import { endpoint } from '#lib/core/endpoint.ts';
import {
  combinedResultSchema,
  filterLinksSchema,
  newCombinedFilterSchema,
  preparedConfirmationSchema,
} from './schema.ts';

const version = z.object({
  project: slugSchema,
  dataset: slugSchema,
  /** The newest one that is done when left out. */
  version: z.coerce.number().int().min(1).optional(),
});
const read = endpoint.meta({ permission: 'project.read' });
const write = endpoint.meta({ permission: 'project.write' });
const BASE = '/projects/{project}/combined-filter/datasets/{dataset}' as const;

export const confirmationContract = {
  filterLinks: read
    .route({
      method: 'GET',
      path: BASE,
      summary: 'Which axes of a dataset the decided axes of the project are',
    })
    .input(version)
    .output(filterLinksSchema),
  /** Asking again gives the same subset. */
  applyFilter: write
    .route({
      method: 'POST',
      path: BASE,
      summary: 'Make the subset that all decided filters keep, and a random drop of its size',
    })
    .input(version.extend(newCombinedFilterSchema.shape))
    .output(combinedResultSchema),
  prepareConfirmation: write
    .route({
      method: 'POST',
      path: `${BASE}/confirmation`,
      summary: 'Prepare the study of the curated subset against as many clips at random',
    })
    .input(version.extend({ subset: slugSchema, control: slugSchema }))
    .output(preparedConfirmationSchema),
};
