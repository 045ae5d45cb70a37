import * as z from 'zod';
import { slugSchema } from '#lib/accounts/schema.ts';
import { columnNameSchema } from '#lib/datasets/schema.ts';

/** Where in its project a page of a list starts, as the answer before it said. */
const cursorSchema = z.string().max(400);
export const pageInputSchema = z.object({
  cursor: cursorSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** What names a model, a prompt or a captioner: the same limits as the keys of a study. */
export const KEY_LIMIT = 120;

export const importKindSchema = z.enum(['video', 'caption']);
export type ImportKind = z.infer<typeof importKindSchema>;
export const importStateSchema = z.enum(['receiving', 'waiting', 'running', 'done', 'failed']);
export type ImportState = z.infer<typeof importStateSchema>;

/**
 * How a folder is read. `equal-names`: one sub-folder an arm, equal file names mean the same prompt.
 * `prompt-index`: `{prompt}-{index}.mp4` in one folder an arm. `auto` tells the two apart.
 */
export const layoutChoiceSchema = z.enum(['auto', 'equal-names', 'prompt-index']);
export type LayoutChoice = z.infer<typeof layoutChoiceSchema>;

/** A path on the server or, within an import, of a file as the person named it. */
export const filePathSchema = z
  .string()
  .min(1)
  .max(1000)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  .regex(/^[^\u0000-\u001f]+$/, 'leave out control characters');

/** The most clips that one caption import takes from a dataset. */
export const CLIP_LIMIT = 5000;

/** Where the files of an import come from. A folder or a table is read on the server. */
export const importSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('upload'), layout: layoutChoiceSchema.default('auto') }),
  z.object({
    kind: z.literal('folder'),
    path: filePathSchema,
    layout: layoutChoiceSchema.default('auto'),
  }),
  z.object({ kind: z.literal('table'), path: filePathSchema }),
  /** Clips of a dataset with captions of its table, drawn by hash: for captions only. */
  z.object({
    kind: z.literal('clip-table'),
    dataset: slugSchema,
    /** The newest one that is done when left out; kept as a number. */
    version: z.int().min(1).optional(),
    /** The caption columns: each is a captioner. */
    columns: z
      .array(columnNameSchema)
      .min(2, 'choose at least two caption columns')
      .max(20)
      .refine((columns) => new Set(columns).size === columns.length, {
        error: 'name each column once',
      }),
    /** How many clips are drawn. */
    clips: z.int().min(1).max(CLIP_LIMIT).default(64),
    seed: z.int().min(0).max(2_147_483_647).default(0),
  }),
]);
export type ImportSource = z.output<typeof importSourceSchema>;

/** The source as it is kept: with how far its paths may reach, decided by who made the import. */
export const storedSourceSchema = z.object({
  source: importSourceSchema,
  /** `any`: the person at the machine asked; `import-roots`: the API did. */
  reach: z.enum(['import-roots', 'any']),
});
export type StoredSource = z.output<typeof storedSourceSchema>;

export const newImportSchema = z.object({
  name: z.string().trim().min(1, 'give the import a name').max(120),
  /** Made from the name when left out. */
  slug: slugSchema.optional(),
  kind: importKindSchema.default('video'),
  source: importSourceSchema,
});
export type NewImport = z.output<typeof newImportSchema>;
export type NewImportInput = z.input<typeof newImportSchema>;

export const importSummarySchema = z.object({
  slug: slugSchema,
  name: z.string(),
  kind: importKindSchema,
  state: importStateSchema,
  /** Files whose model and prompt are known; 0 until the source has been listed. */
  expected: z.int(),
  accepted: z.int(),
  refused: z.int(),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
});
export type ImportSummary = z.infer<typeof importSummarySchema>;

export const importDetailSchema = importSummarySchema.extend({
  source: importSourceSchema,
  /** Why it failed as a whole. */
  problem: z.string().nullable(),
  /** What was recognised in the source, in a sentence. */
  explanation: z.string().nullable(),
  /** What a person should know although it stopped nothing, such as a file that has changed. */
  notices: z.array(z.string()),
  /** False while the source is still being listed, so that `expected` may grow. */
  listed: z.boolean(),
  uploadedFiles: z.int(),
  captions: z.int(),
  models: z.int(),
  prompts: z.int(),
  bytes: z.number(),
  startedAt: z.iso.datetime().nullable(),
  /** Slugs of the studies that take videos from it. */
  usedBy: z.array(z.string()),
});
export type ImportDetail = z.infer<typeof importDetailSchema>;

export const videoStateSchema = z.enum(['waiting', 'accepted', 'refused']);
export const importedVideoSchema = z.object({
  id: z.int(),
  path: z.string(),
  model: z.string(),
  prompt: z.string(),
  seed: z.int(),
  state: videoStateSchema,
  reason: z.string().nullable(),
  hash: z.string().nullable(),
  bytes: z.number().nullable(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  fps: z.number().nullable(),
  durationSeconds: z.number().nullable(),
  codec: z.string().nullable(),
  hasAudio: z.boolean().nullable(),
});
export type ImportedVideo = z.infer<typeof importedVideoSchema>;

/** One accepted video, as far as choosing it needs. */
export const candidateVideoSchema = z.object({
  id: z.int(),
  seed: z.int(),
  path: z.string(),
  width: z.int(),
  height: z.int(),
  fps: z.number(),
  durationSeconds: z.number(),
});
export type CandidateVideo = z.infer<typeof candidateVideoSchema>;

/** One prompt with what every model made for it: the rows from which a study is put together. */
export const candidateRowSchema = z.object({
  prompt: z.string(),
  /** The prompt's text; its key where the source gave no text. */
  text: z.string(),
  cells: z.array(
    z.object({
      model: z.string(),
      /** Accepted videos in the order of their seeds. */
      videos: z.array(candidateVideoSchema),
      /** The caption, in a caption import, where `model` is the captioner. */
      caption: z.string().nullable(),
    }),
  ),
  /** The clip that the captions describe, in a caption import. */
  clip: candidateVideoSchema.nullable(),
});
export type CandidateRow = z.infer<typeof candidateRowSchema>;

export const candidatesSchema = z.object({
  /** Models, or captioners, with the number of prompts that each has. */
  models: z.array(z.object({ name: z.string(), prompts: z.int() })),
  prompts: z.int(),
  rows: z.array(candidateRowSchema),
  nextCursor: cursorSchema.nullable(),
});
export type Candidates = z.infer<typeof candidatesSchema>;

export const offeredFileSchema = z.object({ path: filePathSchema, bytes: z.int().min(0) });
export const uploadReceiptSchema = z.object({
  path: z.string(),
  bytes: z.int(),
  hash: z.string(),
});
export type UploadReceipt = z.infer<typeof uploadReceiptSchema>;
