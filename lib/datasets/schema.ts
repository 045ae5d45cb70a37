import * as z from 'zod';
import { slugSchema } from '#lib/accounts/schema.ts';

/** The name of a column of a canonical table: safe in SQL, in CSV headers and in addresses. */
export const columnNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,62}$/, 'use lower-case letters, digits and _, starting with a letter');

/** A column of a foreign table, by the name that it has there: any text. */
const foreignNameSchema = z.string().min(1).max(300);

/** Columns that mean the same in every canonical table. */
export const NUMBER_NAMES = ['num_frames', 'width', 'height', 'fps'] as const;
export const RESERVED_NAMES: readonly string[] = ['uid', 'key', 'path', ...NUMBER_NAMES];

const freeNameSchema = columnNameSchema.refine((name) => !RESERVED_NAMES.includes(name), {
  error: `choose another name than ${RESERVED_NAMES.join(', ')}`,
});
const namedColumns = z.record(freeNameSchema, foreignNameSchema);

/** Which column of a foreign table means what: own name -> foreign name. */
export const mappingSchema = z
  .object({
    /** Where the clip's file lies, relative to `mediaRoot`, or whole. */
    path: foreignNameSchema,
    /** What makes a clip the same clip; the path when left out. */
    key: foreignNameSchema.optional(),
    /** 32 hexadecimal digits for each clip, as in DataComp; made from the key when left out. */
    uid: foreignNameSchema.optional(),
    numbers: z.partialRecord(z.enum(NUMBER_NAMES), foreignNameSchema).default({}),
    /** Numbers that may become axes. */
    scores: namedColumns.default({}),
    captions: namedColumns.default({}),
    /** Other texts that are worth keeping. */
    texts: namedColumns.default({}),
    /** The folder on the server under which relative paths lie. */
    mediaRoot: z.string().max(1000).startsWith('/', 'write the whole path').optional(),
  })
  .strict()
  .superRefine(({ scores, captions, texts }, context) => {
    const seen = new Set<string>();
    for (const [part, columns] of Object.entries({ scores, captions, texts }))
      for (const name of Object.keys(columns)) {
        if (seen.has(name))
          context.addIssue({
            code: 'custom',
            path: [part, name],
            message: `the name ${name} is given twice`,
          });
        seen.add(name);
      }
  });
export type Mapping = z.output<typeof mappingSchema>;

export const tableFormatSchema = z.enum(['parquet', 'csv', 'jsonl', 'webdataset']);
export type TableFormat = z.infer<typeof tableFormatSchema>;

const addressSchema = z
  .string()
  .min(1)
  .max(1000)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  .regex(/^[^\u0000-\u001f]+$/, 'leave out control characters');

/** Where a foreign table lies. */
export const datasetSourceSchema = z.discriminatedUnion('kind', [
  /** A file, a folder or a pattern with * and ** on the server, or `s3://bucket/...`. */
  z.object({
    kind: z.literal('server'),
    path: addressSchema,
    format: tableFormatSchema.optional(),
  }),
  /** One file that was sent before, by the token that `datasets.upload` gave. */
  z.object({
    kind: z.literal('upload'),
    token: z.string().max(200),
    name: z.string().min(1).max(300),
    format: tableFormatSchema.optional(),
  }),
]);
export type DatasetSource = z.infer<typeof datasetSourceSchema>;

/** The source as it is kept. `made`: Winnow made this version itself, by a curation run. */
export const storedSourceSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('table'),
    source: datasetSourceSchema,
    /** `any`: the person at the machine asked; `import-roots`: the API did. */
    reach: z.enum(['import-roots', 'any']),
    /** Share of rows that may be refused before the registration fails. */
    tolerance: z.number().min(0).max(1),
  }),
  z.object({
    kind: z.literal('made'),
    /** The version whose rows were taken; null where the clips are new. */
    base: z.object({ dataset: slugSchema, version: z.int() }).nullable(),
    /** Without a base: how far the paths of its clips may reach. */
    reach: z.enum(['import-roots', 'any']).default('import-roots'),
  }),
]);
export type StoredSource = z.infer<typeof storedSourceSchema>;

export const columnKindSchema = z.enum([
  'uid',
  'key',
  'path',
  'number',
  'score',
  'caption',
  'text',
]);
export type ColumnKind = z.infer<typeof columnKindSchema>;

/** A column of a canonical table. `number`: num_frames, width, height (BIGINT), fps (DOUBLE). */
export const canonicalColumnSchema = z.object({
  name: columnNameSchema,
  kind: columnKindSchema,
  type: z.enum(['VARCHAR', 'DOUBLE', 'BIGINT']),
  /** Its name in the foreign table; null for what Winnow made. */
  from: z.string().nullable(),
  /** Clips without a value. */
  missing: z.int(),
  /** Those of the missing ones that were NaN or infinite in the source. */
  notFinite: z.int(),
});
export type CanonicalColumn = z.infer<typeof canonicalColumnSchema>;

/** What made a column: enough to make it again. */
export const columnLineageSchema = z.object({
  scorer: z.string(),
  version: z.int(),
  settings: z.json(),
  /** SHA-256 of each model file, by name. */
  models: z.record(z.string(), z.string()),
});
export type ColumnLineage = z.infer<typeof columnLineageSchema>;
export const lineageSchema = z.record(columnNameSchema, columnLineageSchema);
export type Lineage = z.infer<typeof lineageSchema>;

export const rowProblemSchema = z.object({
  file: z.string(),
  /** From 1, without the header. */
  row: z.int(),
  /** The foreign column; null where the row as a whole is wrong. */
  column: z.string().nullable(),
  value: z.string().nullable(),
  /** What would be right, in a sentence. */
  message: z.string(),
});
export type RowProblem = z.infer<typeof rowProblemSchema>;

export const validationSchema = z.object({
  files: z.int(),
  rows: z.int(),
  refused: z.int(),
  /** The first hundred. */
  problems: z.array(rowProblemSchema),
  /** How many rows were refused for each reason. */
  reasons: z.array(z.object({ column: z.string().nullable(), message: z.string(), rows: z.int() })),
  /** Files of a folder that were passed over, with the reason; the first hundred. */
  passedOver: z.array(z.object({ file: z.string(), reason: z.string() })),
});
export type Validation = z.infer<typeof validationSchema>;

export const registrationProgressSchema = z.object({
  phase: z.enum(['listing', 'reading', 'sorting', 'writing', 'describing']),
  files: z.int(),
  filesDone: z.int(),
  rows: z.int(),
});
export type RegistrationProgress = z.infer<typeof registrationProgressSchema>;

/** A version in the making says waiting or running; it never changes any more once it is done. */
export const versionStateSchema = z.enum([
  'waiting',
  'running',
  'paused',
  'done',
  'failed',
  'cancelled',
]);

export const versionSummarySchema = z.object({
  number: z.int(),
  state: versionStateSchema,
  hash: z.string().nullable(),
  clips: z.int().nullable(),
  refused: z.int().nullable(),
  bytes: z.int().nullable(),
  problem: z.string().nullable(),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
});
export type VersionSummary = z.infer<typeof versionSummarySchema>;

export const versionDetailSchema = versionSummarySchema.extend({
  dataset: slugSchema,
  name: z.string(),
  source: storedSourceSchema,
  /** Null until the files have been looked at, where it was left to Winnow. */
  mapping: mappingSchema.nullable(),
  columns: z.array(canonicalColumnSchema),
  validation: validationSchema.nullable(),
  lineage: lineageSchema,
  progress: registrationProgressSchema.nullable(),
  startedAt: z.iso.datetime().nullable(),
});
export type VersionDetail = z.infer<typeof versionDetailSchema>;

export const datasetSummarySchema = z.object({
  slug: slugSchema,
  name: z.string(),
  createdAt: z.iso.datetime(),
  /** Newest first. */
  versions: z.array(versionSummarySchema),
});
export type DatasetSummary = z.infer<typeof datasetSummarySchema>;

export const newDatasetSchema = z.object({
  name: z.string().trim().min(1, 'give the dataset a name').max(120),
  /** Made from the name when left out; of a dataset that is there already: its next version. */
  slug: slugSchema.optional(),
  source: datasetSourceSchema,
  /** By the names that are known by default when left out. */
  mapping: mappingSchema.optional(),
  /** Share of rows that may be refused before the registration fails. */
  tolerance: z.number().min(0).max(1).default(0.01),
});
export type NewDataset = z.output<typeof newDatasetSchema>;
export type NewDatasetInput = z.input<typeof newDatasetSchema>;

export const sourceColumnSchema = z.object({
  name: z.string(),
  /** As DuckDB names it; TEXT where the format has no types. */
  type: z.string(),
  isNumeric: z.boolean(),
  isText: z.boolean(),
});
export type SourceColumn = z.infer<typeof sourceColumnSchema>;

/** What a look at a source shows before it is registered. */
export const sourcePreviewSchema = z.object({
  format: tableFormatSchema,
  files: z.int(),
  /** The first ten. */
  fileNames: z.array(z.string()),
  columns: z.array(sourceColumnSchema),
  /** The first rows of the first file: texts, cut after 200 characters. */
  rows: z.array(z.record(z.string(), z.string().nullable())),
  /** What Winnow would take when asked nothing; null where no column looks like a path. */
  mapping: mappingSchema.nullable(),
  passedOver: z.array(z.object({ file: z.string(), reason: z.string() })),
});
export type SourcePreview = z.infer<typeof sourcePreviewSchema>;
