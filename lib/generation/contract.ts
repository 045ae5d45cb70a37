import * as z from 'zod';
import { slugSchema } from '#lib/accounts/schema.ts';
import { endpoint } from '#lib/core/endpoint.ts';
import {
  candidatesSchema,
  importDetailSchema,
  importedVideoSchema,
  importSummarySchema,
  newImportSchema,
  offeredFileSchema,
  pageInputSchema,
  videoStateSchema,
} from './schema.ts';

const project = z.object({ project: slugSchema });
const one = project.extend({ import: slugSchema });
const read = endpoint.meta({ permission: 'project.read' });
const write = endpoint.meta({ permission: 'project.write' });
const BASE = '/projects/{project}/imports' as const;

/** Bringing in videos that were made elsewhere. */
export const importsContract = {
  list: read
    .route({ method: 'GET', path: BASE, summary: 'List the imports of a project, newest first' })
    .input(project.extend(pageInputSchema.shape))
    .output(z.object({ imports: z.array(importSummarySchema), nextCursor: z.string().nullable() })),
  /** The folders of the server that an import may read. */
  sources: read
    .route({
      method: 'GET',
      path: '/projects/{project}/import-sources',
      summary: 'List the server folders that imports may read',
    })
    .input(project)
    .output(z.object({ importRoots: z.array(z.string()), maxUploadBytes: z.int() })),
  /** Asking again with the same name and source finds the same import. */
  create: write
    .route({ method: 'POST', path: BASE, summary: 'Create an import' })
    .input(project.extend(newImportSchema.shape))
    .output(importDetailSchema),
  get: read
    .route({ method: 'GET', path: `${BASE}/{import}`, summary: 'Get an import and its progress' })
    .input(one)
    .output(importDetailSchema),
  videos: read
    .route({
      method: 'GET',
      path: `${BASE}/{import}/videos`,
      summary: 'List the files of an import',
    })
    .input(one.extend({ state: videoStateSchema.optional(), ...pageInputSchema.shape }))
    .output(z.object({ videos: z.array(importedVideoSchema), nextCursor: z.string().nullable() })),
  candidates: read
    .route({
      method: 'GET',
      path: `${BASE}/{import}/candidates`,
      summary: 'List what an import offers to studies: prompts with the videos of each model',
    })
    .input(one.extend(pageInputSchema.shape))
    .output(candidatesSchema),
  /** A file that is already there with the same size is not sent again. */
  missing: write
    .route({
      method: 'POST',
      path: `${BASE}/{import}/missing-files`,
      summary: 'Tell which of these files still have to be uploaded',
    })
    .input(one.extend({ files: z.array(offeredFileSchema).max(1000) }))
    .output(z.object({ missing: z.array(z.string()) })),
  start: write
    .route({
      method: 'POST',
      path: `${BASE}/{import}/start`,
      summary: 'Start reading the files, or read them again',
    })
    .input(one)
    .output(importDetailSchema),
  delete: write
    .route({ method: 'DELETE', path: `${BASE}/{import}`, summary: 'Delete an unused import' })
    .input(one)
    .output(z.object({ done: z.literal(true) })),
};
