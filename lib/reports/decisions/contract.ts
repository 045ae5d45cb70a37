import * as z from 'zod';
import { endpoint } from '#lib/core/endpoint.ts';
import { combinedFilterSchema, decisionsViewSchema, newDecisionSchema } from './schema.ts';

const study = z.object({
  project: z.string(),
  study: z.string(),
  /** The newest revision when left out. */
  revision: z.coerce.number().int().min(1).optional(),
});
const read = endpoint.meta({ permission: 'project.read' });
const write = endpoint.meta({ permission: 'project.write' });
const path = '/projects/{project}/studies/{study}/decisions';

export const decisionsContract = {
  decisions: read
    .route({ method: 'GET', path, summary: 'What was decided on an axis, and what the rule says' })
    .input(
      study.extend({
        /** The newest one when left out. */
        snapshot: z.coerce.number().int().min(1).optional(),
      }),
    )
    .output(decisionsViewSchema),
  decide: write
    .route({ method: 'POST', path, summary: 'Choose an arm of an axis, with a reason' })
    .input(study.extend(newDecisionSchema.shape))
    .output(decisionsViewSchema),
  combinedFilter: read
    .route({
      method: 'GET',
      path: '/projects/{project}/combined-filter',
      summary: 'The thresholds of all axes as decided',
    })
    .input(z.object({ project: z.string() }))
    .output(combinedFilterSchema),
  exportCombinedFilter: read
    .route({
      method: 'GET',
      path: '/projects/{project}/combined-filter/{format}',
      summary: 'The thresholds of all axes as a file',
    })
    .input(z.object({ project: z.string(), format: z.enum(['json', 'yaml']) }))
    .output(z.instanceof(Blob)),
};
