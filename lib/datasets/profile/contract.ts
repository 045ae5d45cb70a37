import * as z from 'zod';
import { slugSchema } from '#lib/accounts/schema.ts';
import { endpoint } from '#lib/core/endpoint.ts';
import { columnNameSchema } from '../schema.ts';
import { profileSchema } from './schema.ts';

const version = z.object({
  project: slugSchema,
  dataset: slugSchema,
  /** The newest one that is done when left out. */
  version: z.coerce.number().int().min(1).optional(),
});
/** Of a drawing, in pixels. */
const width = z.coerce.number().int().min(280).max(2000).default(720);
const format = z.enum(['svg', 'png']).default('svg');
const read = endpoint.meta({ permission: 'project.read' });
const BASE = '/projects/{project}/datasets/{dataset}' as const;

/** What a dataset version looks like, in numbers and figures. */
export const profileContract = {
  /** Null while it is still being computed: ask again. */
  get: read
    .route({
      method: 'GET',
      path: `${BASE}/profile`,
      summary: 'Histograms, quantiles and correlations of a dataset version',
    })
    .input(version)
    .output(z.object({ version: z.int(), profile: profileSchema.nullable() })),
  histogram: read
    .route({
      method: 'GET',
      path: `${BASE}/figures/histogram`,
      summary: 'The histogram of a score, as SVG or PNG',
    })
    .input(version.extend({ score: columnNameSchema, width, format }))
    .output(z.instanceof(Blob)),
  correlations: read
    .route({
      method: 'GET',
      path: `${BASE}/figures/correlations`,
      summary: 'Correlations between the scores, as SVG or PNG',
    })
    .input(version.extend({ width, format }))
    .output(z.instanceof(Blob)),
};
