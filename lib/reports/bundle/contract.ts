import * as z from 'zod';
import { endpoint } from '#lib/core/endpoint.ts';
import { methodsViewSchema } from './schema.ts';

const study = z.object({
  project: z.string(),
  study: z.string(),
  /** The newest revision when left out. */
  revision: z.coerce.number().int().min(1).optional(),
  /** The newest one when left out. */
  snapshot: z.coerce.number().int().min(1).optional(),
});
const read = endpoint.meta({ permission: 'project.read' });
const base = '/projects/{project}/studies/{study}';

export const bundleContract = {
  methods: read
    .route({
      method: 'GET',
      path: `${base}/methods`,
      summary: 'A "Human evaluation" section with tables and references, for a paper',
    })
    .input(study)
    .output(methodsViewSchema),
  exportBundle: read
    .route({
      method: 'GET',
      path: `${base}/exports/bundle`,
      summary: 'A snapshot as one zip: votes, settings, ratings, figures, tables, methods text',
      outputStructure: 'detailed',
    })
    .input(study)
    .output(
      z.object({
        headers: z.record(z.string(), z.string()),
        /** Written while it is read. */
        body: z.instanceof(ReadableStream),
      }),
    ),
};
