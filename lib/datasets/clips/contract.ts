import * as z from 'zod';
import { slugSchema } from '#lib/accounts/schema.ts';
import { endpoint } from '#lib/core/endpoint.ts';
import {
  clipFilterSchema,
  clipOrderSchema,
  clipPageSchema,
  clipSchema,
  MOST_AT_ONCE,
  MOST_LISTED,
} from './schema.ts';

const version = z.object({
  project: slugSchema,
  dataset: slugSchema,
  /** The newest one that is done when left out. */
  version: z.coerce.number().int().min(1).optional(),
});
const uid = z.string().regex(/^[0-9a-f]{32}$/, 'give 32 hexadecimal digits');
const read = endpoint.meta({ permission: 'project.read' });
const BASE = '/projects/{project}/datasets/{dataset}/clips' as const;

/** Looking at the clips of a dataset version. */
export const clipsContract = {
  list: read
    .route({
      method: 'GET',
      path: BASE,
      summary: 'List clips of a dataset version, sorted and filtered by any of its columns',
    })
    .input(
      version.extend({
        ...clipFilterSchema.shape,
        ...clipOrderSchema.shape,
        limit: z.coerce.number().int().min(1).max(MOST_AT_ONCE).default(24),
        offset: z.coerce.number().int().min(0).max(MOST_LISTED).default(0),
      }),
    )
    .output(clipPageSchema),
  count: read
    .route({ method: 'GET', path: `${BASE}/count`, summary: 'Count the clips that a filter finds' })
    .input(version.extend(clipFilterSchema.shape))
    .output(z.object({ clips: z.int(), of: z.int() })),
  /** In the order in which they were asked for; those that are not there are left out. */
  byUid: read
    .route({ method: 'GET', path: `${BASE}/by-uid`, summary: 'Get clips by their uids' })
    .input(version.extend({ uids: z.array(uid).min(1).max(MOST_AT_ONCE) }))
    .output(z.object({ clips: z.array(clipSchema) })),
};
