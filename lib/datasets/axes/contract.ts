import * as z from 'zod';
import { slugSchema } from '#lib/accounts/schema.ts';
import { endpoint } from '#lib/core/endpoint.ts';
import { axisDetailSchema, axisSummarySchema, newAxisSchema } from './schema.ts';

const version = z.object({
  project: slugSchema,
  dataset: slugSchema,
  /** The newest one that is done when left out. */
  version: z.coerce.number().int().min(1).optional(),
});
const one = version.extend({ axis: slugSchema });
const read = endpoint.meta({ permission: 'project.read' });
const write = endpoint.meta({ permission: 'project.write' });
const BASE = '/projects/{project}/datasets/{dataset}/axes' as const;

/** Scores along which subsets of a dataset differ. */
export const axesContract = {
  list: read
    .route({ method: 'GET', path: BASE, summary: 'List the axes of a dataset version' })
    .input(version)
    .output(z.object({ axes: z.array(axisSummarySchema) })),
  /** Asking again for the same axis gives it; a failed one is tried again. */
  create: write
    .route({ method: 'POST', path: BASE, summary: 'Add an axis; a worker finds its cuts' })
    .input(version.extend(newAxisSchema.shape))
    .output(axisDetailSchema),
  get: read
    .route({
      method: 'GET',
      path: `${BASE}/{axis}`,
      summary: 'Get an axis: cuts, counts, labels, overlaps, progress',
    })
    .input(one)
    .output(axisDetailSchema),
  histogram: read
    .route({
      method: 'GET',
      path: `${BASE}/{axis}/figures/histogram`,
      summary: "The histogram of an axis's score with its cuts, as SVG or PNG",
    })
    .input(
      one.extend({
        width: z.coerce.number().int().min(280).max(2000).default(720),
        format: z.enum(['svg', 'png']).default('svg'),
      }),
    )
    .output(z.instanceof(Blob)),
  delete: write
    .route({
      method: 'DELETE',
      path: `${BASE}/{axis}`,
      summary: 'Delete an axis that no study uses, with its subsets and manifests',
    })
    .input(one)
    .output(z.object({ done: z.literal(true) })),
};
