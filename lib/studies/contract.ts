import * as z from 'zod';
import { slugSchema } from '#lib/accounts/schema.ts';
import { endpoint } from '#lib/core/endpoint.ts';
import { acknowledgementInputSchema, checklistSchema } from './checklist/schema.ts';
import {
  estimateSchema,
  gridSchema,
  progressSchema,
  studyDetailSchema,
  studySummarySchema,
} from './overview/schema.ts';
import {
  exclusionCauseSchema,
  exclusionReasonSchema,
  raterFilterSchema,
  raterListSchema,
} from './quality/schema.ts';
import { studySpecSchema } from './schema.ts';
import { watchViewSchema } from './watch/schema.ts';

const project = z.object({ project: slugSchema });
const study = project.extend({
  study: slugSchema,
  /** The newest one when left out. */
  revision: z.coerce.number().int().min(1).optional(),
});
/** A study as fields, or as YAML text whose mistakes are told with their line. */
const content = z.object({
  spec: studySpecSchema.optional(),
  yaml: z.string().max(20_000_000).optional(),
});
/** What was written: the study as fields and as YAML, and what it would cost. */
const written = z.object({ spec: studySpecSchema, yaml: z.string(), estimate: estimateSchema });

const rater = study.extend({ rater: z.string().max(40) });
const exclusion = z.object({ rater: z.string(), isExcluded: z.boolean() });

const read = endpoint.meta({ permission: 'project.read' });
const write = endpoint.meta({ permission: 'project.write' });
const MAX_PICTURE_BYTES = 30_000_000;
const MAX_SCORE_FILE_BYTES = 50_000_000;
const MAX_VOTE_FILE_BYTES = 500_000_000;
const ALL = '/projects/{project}/studies' as const;
const ONE = `${ALL}/{study}` as const;

/** Preparing, opening and watching studies. */
export const studiesContract = {
  list: read
    .route({ method: 'GET', path: ALL, summary: 'List the studies, newest first' })
    .input(project.extend({ archived: z.stringbool().or(z.boolean()).default(false) }))
    .output(z.object({ studies: z.array(studySummarySchema) })),
  create: write
    .route({ method: 'POST', path: ALL, summary: 'Create a study as a draft' })
    .input(project.extend(content.shape))
    .output(studyDetailSchema),
  /** A prompt names it by its hash. */
  addPicture: write
    .route({
      method: 'POST',
      path: '/projects/{project}/pictures',
      summary: 'Add a picture that conditions a prompt',
    })
    .input(project.extend({ picture: z.file().max(MAX_PICTURE_BYTES) }))
    .output(z.object({ hash: z.string(), width: z.int(), height: z.int(), url: z.string() })),
  /** Writes nothing: for forms, and for trying a file. */
  checkSpec: read
    .route({
      method: 'POST',
      path: '/projects/{project}/study-specs',
      summary: 'Check a study before it is created',
    })
    .input(project.extend(content.shape))
    .output(written),
  suggestSpec: read
    .route({
      method: 'GET',
      path: '/projects/{project}/imports/{import}/study-spec',
      summary: 'Suggest a study of everything in an import',
    })
    .input(project.extend({ import: slugSchema }))
    .output(written),
  get: read
    .route({ method: 'GET', path: ONE, summary: 'Get a study' })
    .input(study)
    .output(studyDetailSchema),
  spec: read
    .route({ method: 'GET', path: `${ONE}/spec`, summary: 'Get a study as it was written' })
    .input(study)
    .output(written),
  progress: read
    .route({
      method: 'GET',
      path: `${ONE}/progress`,
      summary: 'Count votes, raters and renditions',
    })
    .input(study)
    .output(progressSchema),
  watch: read
    .route({
      method: 'GET',
      path: `${ONE}/watch`,
      summary: 'Tell whether the votes so far are enough, with a leaderboard',
    })
    .input(study)
    .output(watchViewSchema),
  checklist: read
    .route({ method: 'GET', path: `${ONE}/checklist`, summary: 'Tell what is missing' })
    .input(study)
    .output(checklistSchema),
  grid: read
    .route({ method: 'GET', path: `${ONE}/grid`, summary: 'List the renditions, prompt by prompt' })
    .input(
      study.extend({
        offset: z.coerce.number().int().min(0).default(0),
        limit: z.coerce.number().int().min(1).max(50).default(10),
      }),
    )
    .output(gridSchema),
  update: write
    .route({ method: 'PUT', path: ONE, summary: 'Replace a draft' })
    .input(study.extend(content.shape))
    .output(studyDetailSchema),
  /** Changed arms or prompts make the next revision, a draft; lighter changes are made in place. */
  revise: write
    .route({ method: 'POST', path: `${ONE}/revisions`, summary: 'Change a study that has opened' })
    .input(study.omit({ revision: true }).extend(content.shape))
    .output(studyDetailSchema),
  duplicate: write
    .route({ method: 'POST', path: `${ONE}/duplicate`, summary: 'Copy a study as a new draft' })
    .input(study.extend({ slug: slugSchema, title: z.string().trim().min(1).max(200).optional() }))
    .output(studyDetailSchema),
  archive: write
    .route({
      method: 'PUT',
      path: `${ONE}/archived`,
      summary: 'Put a study away, or bring it back',
    })
    .input(study.omit({ revision: true }).extend({ archived: z.boolean() }))
    .output(z.object({ archived: z.boolean() })),
  delete: write
    .route({ method: 'DELETE', path: ONE, summary: 'Delete a draft' })
    .input(study)
    .output(z.object({ deleted: z.literal(true) })),
  acknowledge: write
    .route({
      method: 'POST',
      path: `${ONE}/acknowledgements`,
      summary: 'Accept a difference between arms, with a reason',
    })
    .input(study.extend(acknowledgementInputSchema.shape))
    .output(checklistSchema),
  /** Takes in what the imports have gained since, and tries failed videos again. */
  renewRenditions: write
    .route({
      method: 'POST',
      path: `${ONE}/renditions`,
      summary: 'Look for videos again and retry the failed ones',
    })
    .input(study)
    .output(checklistSchema),
  open: write
    .route({ method: 'POST', path: `${ONE}/open`, summary: 'Open a draft to raters' })
    .input(study)
    .output(studyDetailSchema),
  pause: write
    .route({ method: 'POST', path: `${ONE}/pause`, summary: 'Pause a running study' })
    .input(study)
    .output(studyDetailSchema),
  resume: write
    .route({ method: 'POST', path: `${ONE}/resume`, summary: 'Go on with a paused study' })
    .input(study)
    .output(studyDetailSchema),
  close: write
    .route({ method: 'POST', path: `${ONE}/close`, summary: 'Close a study for good' })
    .input(study)
    .output(studyDetailSchema),
  /** Votes cast elsewhere, marked as imported; the same file again adds nothing. */
  importVotes: write
    .route({
      method: 'POST',
      path: `${ONE}/imported-votes`,
      summary: 'Import votes from a battle file (JSONL or CSV)',
    })
    .input(
      study.extend({
        file: z.file().max(MAX_VOTE_FILE_BYTES),
        /** The question's key; needed where the study has several. */
        question: slugSchema.optional(),
      }),
    )
    .output(z.object({ votes: z.int(), imported: z.int() })),
  /** Replaces what the study has of the file's metrics. */
  importScores: write
    .route({
      method: 'PUT',
      path: `${ONE}/scores`,
      summary: 'Take in scores of the videos from CSV (arm, prompt, a column for each metric)',
    })
    .input(study.extend({ file: z.file().max(MAX_SCORE_FILE_BYTES) }))
    .output(z.object({ metrics: z.array(z.string()), scores: z.int() })),
  setVoteSources: write
    .route({
      method: 'PUT',
      path: `${ONE}/vote-sources`,
      summary: 'Say whether simulated and imported votes count in rankings',
    })
    .input(study.extend({ simulated: z.boolean().optional(), imported: z.boolean().optional() }))
    .output(studyDetailSchema),
  /** Flagged ones first. Whoever is shown as flagged still counts until somebody excludes them. */
  raters: read
    .route({ method: 'GET', path: `${ONE}/raters`, summary: 'List the raters and how they answer' })
    .input(
      study.extend({
        filter: raterFilterSchema.default('all'),
        page: z.coerce.number().int().min(1).max(100_000).default(1),
      }),
    )
    .output(raterListSchema),
  /** Votes stay; rankings are made anew without them. */
  excludeRater: write
    .route({
      method: 'POST',
      path: `${ONE}/raters/{rater}/exclude`,
      summary: "Leave a rater's votes out of rankings, with a reason",
    })
    .input(rater.extend({ because: exclusionCauseSchema, reason: exclusionReasonSchema }))
    .output(exclusion),
  includeRater: write
    .route({
      method: 'POST',
      path: `${ONE}/raters/{rater}/include`,
      summary: "Take an excluded rater's votes into rankings again",
    })
    .input(rater.extend({ reason: exclusionReasonSchema }))
    .output(exclusion),
};
