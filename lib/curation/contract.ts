import * as z from 'zod';
import { slugSchema } from '#lib/accounts/schema.ts';
import { endpoint } from '#lib/core/endpoint.ts';
import {
  faultSchema,
  newRunSchema,
  runDetailSchema,
  runPageSchema,
  runSummarySchema,
  scorerListSchema,
} from './schema.ts';

const project = z.object({ project: slugSchema });
const one = project.extend({ run: slugSchema });
const read = endpoint.meta({ permission: 'project.read' });
const write = endpoint.meta({ permission: 'project.write' });
const BASE = '/projects/{project}/curation' as const;

/** An action on one run: the run comes back as it is then. */
const action = <Name extends string>(name: Name, summary: string) =>
  write
    .route({ method: 'POST', path: `${BASE}/{run}/${name}`, summary })
    .input(one)
    .output(runDetailSchema);

/** From raw video, or clips, to clips with annotations. */
export const curationContract = {
  scorers: read
    .route({
      method: 'GET',
      path: '/projects/{project}/scorers',
      summary: 'List the cutter and the scorers, with their settings',
    })
    .input(project)
    .output(scorerListSchema.extend({ importRoots: z.array(z.string()) })),
  list: read
    .route({ method: 'GET', path: BASE, summary: 'List the curation runs of a project' })
    .input(project.extend(runPageSchema.shape))
    .output(z.object({ runs: z.array(runSummarySchema), nextCursor: z.string().nullable() })),
  /** Asking again with the same name, source and steps finds the same run. */
  create: write
    .route({ method: 'POST', path: BASE, summary: 'Create a curation run and start it' })
    .input(project.extend(newRunSchema.shape))
    .output(runDetailSchema),
  get: read
    .route({ method: 'GET', path: `${BASE}/{run}`, summary: 'Get a curation run and its progress' })
    .input(one)
    .output(runDetailSchema),
  faults: read
    .route({
      method: 'GET',
      path: `${BASE}/{run}/faults`,
      summary: 'List the videos and clips that a run skipped, with the reason',
    })
    .input(one.extend(runPageSchema.shape))
    .output(z.object({ faults: z.array(faultSchema), nextCursor: z.string().nullable() })),
  pause: action('pause', 'Pause a run; what is half done is done again later'),
  resume: action('resume', 'Go on with a paused run'),
  cancel: action('cancel', 'Cancel a run for good'),
  retry: action('retry', 'Try what failed again'),
  finish: action('finish', 'Go on without what failed: its clips have no values'),
};
