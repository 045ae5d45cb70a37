import * as z from 'zod';
import { slugSchema } from '#lib/accounts/schema.ts';

/** As `lib/generation/schema.ts`: a page of a list. */
export const runPageSchema = z.object({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const runStateSchema = z.enum([
  'waiting',
  'running',
  'paused',
  'done',
  'failed',
  'cancelled',
]);
export type RunState = z.infer<typeof runStateSchema>;

const pathSchema = z
  .string()
  .min(1)
  .max(1000)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  .regex(/^[^\u0000-\u001f]+$/, 'leave out control characters');

/** Where the clips come from. */
export const runSourceSchema = z.discriminatedUnion('kind', [
  /** A folder on the server: of long videos that are cut, or of clips. */
  z.object({ kind: z.literal('videos'), path: pathSchema }),
  /** The clips of a dataset; of its newest version where none is named. */
  z.object({
    kind: z.literal('dataset'),
    dataset: slugSchema,
    version: z.coerce.number().int().min(1).optional(),
  }),
]);
export type RunSource = z.infer<typeof runSourceSchema>;

/** Settings as people write them; each scorer's own schema reads them. */
const settingsSchema = z.record(z.string(), z.json());

export const stepInputSchema = z.object({
  scorer: z.string().min(1).max(60),
  settings: settingsSchema.default({}),
});

export const newRunSchema = z.object({
  name: z.string().trim().min(1, 'give the run a name').max(120),
  /** Made from the name when left out. */
  slug: slugSchema.optional(),
  source: runSourceSchema,
  /** How long videos are cut into clips; null where the files are clips already. */
  cut: settingsSchema.nullable().default({}),
  /** Scorers, in order: later ones may read what earlier ones found. */
  steps: z.array(stepInputSchema).max(20).default([]),
  /** The name of the dataset that gets the clips; the run's name, or the dataset itself. */
  dataset: z.string().trim().min(1).max(120).optional(),
  /** Clips that are scored as one piece of work. */
  shardSize: z.coerce.number().int().min(1).max(1000).default(64),
});
export type NewRun = z.output<typeof newRunSchema>;
export type NewRunInput = z.input<typeof newRunSchema>;

/** A step as it is kept: with the version that it had, and its settings with all defaults filled in. */
export const storedStepSchema = z.object({
  kind: z.enum(['cut', 'score']),
  name: z.string(),
  version: z.int(),
  settings: z.json(),
});
export type StoredStep = z.infer<typeof storedStepSchema>;

/** A column of a table of clips. Vectors never are in it: they lie in tables of their own. */
export const clipColumnSchema = z.object({
  name: z.string(),
  type: z.enum(['VARCHAR', 'DOUBLE', 'BIGINT']),
});
export type ClipColumn = z.infer<typeof clipColumnSchema>;

/** How far paths of the server reach: `any` where the person at the machine asked. */
const reachSchema = z.enum(['import-roots', 'any']);

/** The source as it is kept; of a dataset, all that is needed of the version. */
export const storedRunSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('videos'), path: z.string(), reach: reachSchema, shardSize: z.int() }),
  z.object({
    kind: z.literal('table'),
    dataset: slugSchema,
    version: z.int(),
    /** Parquet blobs, in the order of their clips' uids. */
    parts: z.array(z.string()),
    columns: z.array(clipColumnSchema),
    /** Whether the column `hash` names blobs that Winnow cut; of a foreign table it says nothing. */
    hasBlobs: z.boolean(),
    /** The folder under which the clips' paths lie; null where they are whole, or blobs. */
    mediaRoot: z.string().nullable(),
    reach: reachSchema,
    shardSize: z.int(),
  }),
]);
export type StoredRunSource = z.infer<typeof storedRunSourceSchema>;

export const runTargetSchema = z.object({ slug: slugSchema, name: z.string() });
export type RunTarget = z.infer<typeof runTargetSchema>;

/** What made a column: enough to make it again. */
export const columnOriginSchema = z.object({
  scorer: z.string(),
  version: z.int(),
  settings: z.json(),
  /** SHA-256 of each model file, by name. */
  models: z.record(z.string(), z.string()),
});
export type ColumnOrigin = z.infer<typeof columnOriginSchema>;

/** The table that came out of a run. */
export const runResultSchema = z.object({
  clips: z.int(),
  /** Parquet blobs, in the order of their clips' uids. */
  parts: z.array(z.string()),
  columns: z.array(clipColumnSchema),
  /** Parquet blobs of uid and vectors, one for each part; empty where no scorer gave vectors. */
  vectorParts: z.array(z.string()),
  vectors: z.array(z.string()),
  /** For each column that the run made. */
  lineage: z.record(z.string(), columnOriginSchema),
});
export type RunResult = z.infer<typeof runResultSchema>;

export const stageKindSchema = z.enum(['list', 'cut', 'take', 'gather', 'score', 'join']);
export type StageKind = z.infer<typeof stageKindSchema>;

/** One stage of a run, as far as it has come. */
export const stageProgressSchema = z.object({
  kind: stageKindSchema,
  title: z.string(),
  /** The step that it does; null for what every run does. */
  step: storedStepSchema.nullable(),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  /** Pieces of work (videos, or shards of clips); null until they are known. */
  units: z.int().nullable(),
  unitsDone: z.int(),
  unitsFailed: z.int(),
  /** Of the stage, 0 to 1, with what is half done. */
  share: z.number(),
  /** Clips in the pieces that are done. */
  clips: z.int(),
  faults: z.int(),
  /** Clips a second, by what was done last; null where nothing was. */
  clipsPerSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  /** Further facts, in a sentence. */
  note: z.string().nullable(),
});
export type StageProgress = z.infer<typeof stageProgressSchema>;

export const runSummarySchema = z.object({
  slug: slugSchema,
  name: z.string(),
  state: runStateSchema,
  source: runSourceSchema,
  /** Titles of the steps. */
  steps: z.array(z.string()),
  /** Of all stages, 0 to 1, each counted alike. */
  progress: z.number(),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

export const failedUnitSchema = z.object({
  stage: z.string(),
  /** The video, or the clips from the first to the last. */
  what: z.string(),
  problem: z.string(),
});

export const runDetailSchema = runSummarySchema.extend({
  target: runTargetSchema,
  problem: z.string().nullable(),
  stages: z.array(stageProgressSchema),
  faults: z.int(),
  /** The first twenty pieces of work that failed. */
  failed: z.array(failedUnitSchema),
  result: runResultSchema.nullable(),
  /** The versions of datasets that it made. */
  versions: z.array(z.object({ dataset: slugSchema, version: z.int() })),
  startedAt: z.iso.datetime().nullable(),
});
export type RunDetail = z.infer<typeof runDetailSchema>;

export const faultSchema = z.object({
  stage: z.string(),
  uid: z.string(),
  path: z.string(),
  reason: z.string(),
});
export type Fault = z.infer<typeof faultSchema>;

/** A scorer (or the cutter) as people choose it. */
export const scorerViewSchema = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  version: z.int(),
  /** JSON Schema of the settings, with titles and defaults. */
  settings: z.record(z.string(), z.json()),
  /** What it adds and reads with its default settings; empty where some have none. */
  columns: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['number', 'text', 'vector']),
      description: z.string(),
      unit: z.string().nullable(),
    }),
  ),
  reads: z.array(z.string()),
});
export type ScorerView = z.infer<typeof scorerViewSchema>;

export const scorerListSchema = z.object({
  cutter: scorerViewSchema,
  scorers: z.array(scorerViewSchema),
});
