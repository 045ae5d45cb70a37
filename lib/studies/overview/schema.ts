import * as z from 'zod';
import { slugSchema } from '#lib/accounts/schema.ts';
import { renditionCountsSchema } from '../checklist/schema.ts';
import { axisSchema, localizedTextSchema, studyStateSchema } from '../schema.ts';

const kindSchema = z.enum(['video', 'caption']);
const when = z.iso.datetime().nullable();

export const studySummarySchema = z.object({
  slug: slugSchema,
  revision: z.int(),
  title: z.string(),
  kind: kindSchema,
  state: studyStateSchema,
  isArchived: z.boolean(),
  arms: z.int(),
  prompts: z.int(),
  questions: z.int(),
  /** Votes that fill cells, and how many fill them all; `wanted` is 0 before the opening. */
  counted: z.int(),
  wanted: z.int(),
  /** Whether simulated raters' votes are among those counted. */
  countsSimulated: z.boolean(),
  createdAt: z.iso.datetime(),
  openedAt: when,
  closedAt: when,
});
export type StudySummary = z.infer<typeof studySummarySchema>;

export const estimateSchema = z.object({
  armPairs: z.int(),
  comparisons: z.int(),
  cells: z.int(),
  votes: z.int(),
  pairsShown: z.int(),
  ratersPerComparison: z.int(),
  minRaters: z.int(),
  sessions: z.int(),
  minutesPerSession: z.number(),
  totalMinutes: z.int(),
});

const originCountsSchema = z.object({
  link: z.int(),
  simulated: z.int(),
  imported: z.int(),
  trial: z.int(),
});
export type OriginCounts = z.infer<typeof originCountsSchema>;

export const progressSchema = z.object({
  state: studyStateSchema,
  counted: z.int(),
  wanted: z.int(),
  questions: z.array(
    z.object({ position: z.int(), key: z.string(), counted: z.int(), wanted: z.int() }),
  ),
  /** People by where they come from. */
  raters: originCountsSchema,
  /** All votes ever cast by where they come from, checks, surplus and retracted ones included. */
  votes: originCountsSchema,
  renditions: renditionCountsSchema,
});
export type Progress = z.infer<typeof progressSchema>;

export const studyDetailSchema = studySummarySchema
  .omit({ arms: true, questions: true, countsSimulated: true })
  .extend({
    description: z.string(),
    axis: axisSchema.nullable(),
    arms: z.array(z.object({ name: z.string(), level: z.number().nullable() })),
    questions: z.array(z.object({ key: z.string(), wording: localizedTextSchema })),
    /** Addresses to hand out; every revision has the same ones. */
    raterUrl: z.string(),
    trialUrl: z.string(),
    counts: z.object({ simulated: z.boolean(), imported: z.boolean() }),
    estimate: estimateSchema,
    progress: progressSchema,
    revisions: z.array(
      z.object({ revision: z.int(), state: studyStateSchema, openedAt: when, closedAt: when }),
    ),
  });
export type StudyDetail = z.infer<typeof studyDetailSchema>;

export const gridRenditionSchema = z.object({
  id: z.int(),
  arm: z.int(),
  take: z.int(),
  state: z.enum(['waiting', 'ready', 'failed']),
  reason: z.string().nullable(),
  /** The caption, in a caption study. */
  text: z.string().nullable(),
  videoUrl: z.string().nullable(),
  posterUrl: z.string().nullable(),
  sheetUrl: z.string().nullable(),
});
export type GridRendition = z.infer<typeof gridRenditionSchema>;

export const gridSchema = z.object({
  kind: kindSchema,
  arms: z.array(z.object({ name: z.string(), level: z.number().nullable() })),
  totalPrompts: z.int(),
  width: z.int(),
  height: z.int(),
  prompts: z.array(
    z.object({
      position: z.int(),
      key: z.string(),
      text: z.string(),
      motion: z.string().nullable(),
      imageUrls: z.array(z.string()),
      renditions: z.array(gridRenditionSchema),
    }),
  ),
});
export type Grid = z.infer<typeof gridSchema>;
