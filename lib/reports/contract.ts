import * as z from 'zod';
import { endpoint } from '#lib/core/endpoint.ts';
import { outcomeSchema, voteStatusSchema } from '#lib/studies/schema.ts';
import { analysisReportSchema } from './analysis/schema.ts';
import { axisReportSchema, projectReportSchema } from './axis-report/schema.ts';
import { figureNameSchema, questionChoiceSchema, rankingMethodSchema } from './schema.ts';
import { reportViewSchema } from './study-report/schema.ts';

const study = z.object({
  project: z.string(),
  study: z.string(),
  /** The newest revision when left out. */
  revision: z.coerce.number().int().min(1).optional(),
});
/** The newest one under the study's present vote sources when left out. */
const snapshot = z.coerce.number().int().min(1).optional();
/** Of a drawing, in pixels. */
const figureWidth = z.coerce.number().int().min(280).max(2000).optional();
const read = endpoint.meta({ permission: 'project.read' });
const base = '/projects/{project}/studies/{study}';

const countsSchema = z.object({ question: z.int(), aWins: z.int(), bWins: z.int(), ties: z.int() });

export const comparisonViewSchema = z.object({
  id: z.int(),
  prompt: z.object({ id: z.int(), key: z.string(), text: z.string() }),
  a: z.object({ arm: z.string(), renditionId: z.int(), text: z.string().nullable() }),
  b: z.object({ arm: z.string(), renditionId: z.int(), text: z.string().nullable() }),
  counts: z.array(countsSchema),
});
export type ComparisonView = z.infer<typeof comparisonViewSchema>;

export const comparisonVoteSchema = z.object({
  seq: z.string(),
  rater: z.string(),
  question: z.int(),
  outcome: outcomeSchema,
  winner: z.enum(['a', 'b', 'tie']),
  left: z.enum(['a', 'b']),
  status: voteStatusSchema,
  origin: z.enum(['link', 'trial', 'simulated', 'imported']),
  isRetracted: z.boolean(),
  /** The rater is excluded: the vote is ranked nowhere. */
  isExcluded: z.boolean(),
  marks: z.array(z.string()),
  decisionMs: z.int().nullable(),
  createdAt: z.iso.datetime(),
});

export const reportsContract = {
  report: read
    .route({
      method: 'GET',
      path: `${base}/report`,
      summary: 'Rankings, win shares and progress of a study',
    })
    .input(study.extend({ method: rankingMethodSchema.optional(), snapshot }))
    .output(reportViewSchema),
  axis: read
    .route({
      method: 'GET',
      path: `${base}/axis`,
      summary: 'What a study says along its axis: differences, trend, advice',
    })
    .input(study.extend({ method: rankingMethodSchema.optional(), snapshot }))
    .output(axisReportSchema),
  analysis: read
    .route({
      method: 'GET',
      path: `${base}/analysis`,
      summary:
        'What lies behind the numbers: prompts, sensitivity, agreement, noise floor, metrics',
    })
    .input(study.extend({ snapshot }))
    .output(analysisReportSchema),
  project: read
    .route({
      method: 'GET',
      path: '/projects/{project}/reports',
      summary: 'The axis reports of all studies of a project',
    })
    .input(z.object({ project: z.string() }))
    .output(projectReportSchema),
  comparisons: read
    .route({
      method: 'GET',
      path: `${base}/comparisons`,
      summary: 'Comparisons with their vote counts',
    })
    .input(
      study.extend({
        arm: z.string().optional(),
        prompt: z.string().optional(),
        page: z.coerce.number().int().min(1).default(1),
      }),
    )
    .output(
      z.object({
        total: z.int(),
        pageSize: z.int(),
        comparisons: z.array(comparisonViewSchema),
        /** All prompts of the study, to narrow by. */
        prompts: z.array(z.object({ key: z.string(), text: z.string() })),
      }),
    ),
  comparisonVotes: read
    .route({
      method: 'GET',
      path: `${base}/comparisons/{id}/votes`,
      summary: 'How people voted on one comparison',
    })
    .input(study.extend({ id: z.coerce.number().int() }))
    .output(z.object({ votes: z.array(comparisonVoteSchema) })),
  exportVotes: read
    .route({
      method: 'GET',
      path: `${base}/exports/votes/{format}`,
      summary: 'Votes as CSV or arena JSONL',
    })
    .input(
      study.extend({
        format: z.enum(['csv', 'jsonl']),
        question: z.coerce.number().int().min(0).optional(),
        /** Also the votes that no ranking uses, told apart by `status`. */
        all: z.stringbool().default(false),
      }),
    )
    .output(z.instanceof(Blob)),
  exportRatings: read
    .route({
      method: 'GET',
      path: `${base}/exports/ratings/{format}`,
      summary: 'Ratings as CSV or JSON',
    })
    .input(
      study.extend({
        format: z.enum(['csv', 'json']),
        method: rankingMethodSchema.optional(),
        snapshot,
      }),
    )
    .output(z.instanceof(Blob)),
  exportFigure: read
    .route({
      method: 'GET',
      path: `${base}/exports/figures/{figure}/{format}`,
      summary: 'A figure as SVG or PNG',
    })
    .input(
      study.extend({
        figure: figureNameSchema,
        format: z.enum(['svg', 'png']),
        method: rankingMethodSchema.optional(),
        question: questionChoiceSchema.default('mean'),
        /** Of the figure `metric`: which one; the first when left out. */
        metric: z.string().optional(),
        snapshot,
        width: figureWidth,
      }),
    )
    .output(z.instanceof(Blob)),
  exportAxesFigure: read
    .route({
      method: 'GET',
      path: '/projects/{project}/exports/figures/axes/{format}',
      summary: 'All axes of a project side by side, as SVG or PNG',
    })
    .input(z.object({ project: z.string(), format: z.enum(['svg', 'png']), width: figureWidth }))
    .output(z.instanceof(Blob)),
};
