import * as z from 'zod';
import { endpoint } from '#lib/core/endpoint.ts';
import { snapshotCheckSchema } from './schema.ts';

const snapshot = z.object({
  project: z.string(),
  study: z.string(),
  /** The newest revision when left out. */
  revision: z.coerce.number().int().min(1).optional(),
  snapshot: z.coerce.number().int().min(1),
});
const read = endpoint.meta({ permission: 'project.read' });
const path = '/projects/{project}/studies/{study}/snapshots/{snapshot}/recompute';

export const snapshotsContract = {
  recompute: read
    .route({ method: 'POST', path, summary: 'Compute a snapshot again from the raw votes' })
    .input(snapshot)
    .output(snapshotCheckSchema),
  recomputed: read
    .route({ method: 'GET', path, summary: 'What came of computing a snapshot again' })
    .input(snapshot)
    .output(z.object({ check: snapshotCheckSchema.nullable() })),
};
