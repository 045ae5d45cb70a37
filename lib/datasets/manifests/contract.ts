import * as z from 'zod';
import { slugSchema } from '#lib/accounts/schema.ts';
import { endpoint } from '#lib/core/endpoint.ts';
import { manifestFormatSchema, manifestSummarySchema } from './schema.ts';

const one = z.object({
  project: slugSchema,
  dataset: slugSchema,
  subset: slugSchema,
  format: manifestFormatSchema,
  /** The newest one that is done when left out. */
  version: z.coerce.number().int().min(1).optional(),
});
const read = endpoint.meta({ permission: 'project.read' });
const write = endpoint.meta({ permission: 'project.write' });
const BASE = '/projects/{project}/datasets/{dataset}/subsets/{subset}/manifests/{format}' as const;
const download = z.object({
  headers: z.record(z.string(), z.string()),
  body: z.instanceof(ReadableStream),
});

/** The files that list subsets. */
export const manifestsContract = {
  /** Asking again gives the same manifest; a failed one is tried again. */
  create: write
    .route({ method: 'PUT', path: BASE, summary: 'Ask for the manifest of a subset in one format' })
    .input(one)
    .output(manifestSummarySchema),
  file: read
    .route({
      method: 'GET',
      path: `${BASE}/file`,
      summary: 'Download a manifest',
      outputStructure: 'detailed',
    })
    .input(one)
    .output(download),
  sidecar: read
    .route({
      method: 'GET',
      path: `${BASE}/sidecar`,
      summary: 'Download what a manifest is: version, rule, cut values, counts, scorers',
      outputStructure: 'detailed',
    })
    .input(one)
    .output(download),
};
