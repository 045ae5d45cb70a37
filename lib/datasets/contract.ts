import * as z from 'zod';
import { slugSchema } from '#lib/accounts/schema.ts';
import { endpoint } from '#lib/core/endpoint.ts';
import {
  datasetSourceSchema,
  datasetSummarySchema,
  newDatasetSchema,
  sourcePreviewSchema,
  versionDetailSchema,
} from './schema.ts';

const project = z.object({ project: slugSchema });
const dataset = project.extend({ dataset: slugSchema });
const read = endpoint.meta({ permission: 'project.read' });
const write = endpoint.meta({ permission: 'project.write' });
const BASE = '/projects/{project}/datasets' as const;
const versionNumber = z.coerce.number().int().min(1);

/** Tables of clips. */
export const datasetsContract = {
  list: read
    .route({ method: 'GET', path: BASE, summary: 'List the datasets of a project' })
    .input(project)
    .output(z.object({ datasets: z.array(datasetSummarySchema) })),
  sources: read
    .route({
      method: 'GET',
      path: '/projects/{project}/dataset-sources',
      summary: 'List the server folders and buckets that tables may be read from',
    })
    .input(project)
    .output(
      z.object({
        importRoots: z.array(z.string()),
        importBuckets: z.array(z.string()),
        maxUploadBytes: z.int(),
      }),
    ),
  upload: write
    .route({
      method: 'POST',
      path: '/projects/{project}/dataset-uploads',
      summary: 'Send a table, to be registered by the token that comes back',
    })
    .input(project.extend({ file: z.file() }))
    .output(z.object({ token: z.string(), name: z.string(), bytes: z.int() })),
  /** Nothing is kept. */
  inspect: write
    .route({
      method: 'POST',
      path: '/projects/{project}/dataset-previews',
      summary: 'Look at a table before it is registered: columns, first rows, suggested mapping',
    })
    .input(project.extend({ source: datasetSourceSchema }))
    .output(sourcePreviewSchema),
  register: write
    .route({
      method: 'POST',
      path: BASE,
      summary: 'Register a table as a new dataset, or as the next version of one',
    })
    .input(project.extend(newDatasetSchema.shape))
    .output(versionDetailSchema),
  /** Without a version: the newest one that is done, else the newest. */
  get: read
    .route({
      method: 'GET',
      path: `${BASE}/{dataset}`,
      summary: 'Get a version of a dataset and the progress of its registration',
    })
    .input(dataset.extend({ version: versionNumber.optional() }))
    .output(versionDetailSchema),
  retry: write
    .route({
      method: 'POST',
      path: `${BASE}/{dataset}/versions/{version}/retry`,
      summary: 'Register a version that failed once more',
    })
    .input(dataset.extend({ version: versionNumber }))
    .output(versionDetailSchema),
  delete: write
    .route({
      method: 'DELETE',
      path: `${BASE}/{dataset}`,
      summary: 'Delete a dataset that no subset was made of',
    })
    .input(dataset)
    .output(z.object({ done: z.literal(true) })),
};
