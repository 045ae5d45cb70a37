import * as z from 'zod';
import { versionStateSchema } from '../schema.ts';

/**
 * `npy`: the uids in order, as DataComp's subset files; `webdataset`: shards and keys, tab-separated.
 * docs/subsets.md says what is in each.
 */
export const manifestFormatSchema = z.enum(['parquet', 'csv', 'jsonl', 'npy', 'webdataset']);
export type ManifestFormat = z.infer<typeof manifestFormatSchema>;

export const manifestProgressSchema = z.object({
  /** `writing`: the file grows; `storing`: it is hashed and put away. */
  step: z.enum(['writing', 'storing']),
  bytes: z.int(),
});
export type ManifestProgress = z.infer<typeof manifestProgressSchema>;

export const manifestSummarySchema = z.object({
  format: manifestFormatSchema,
  state: versionStateSchema,
  problem: z.string().nullable(),
  /** SHA-256 of the file. */
  hash: z.string().nullable(),
  bytes: z.int().nullable(),
  sidecarHash: z.string().nullable(),
  fileName: z.string(),
  progress: manifestProgressSchema.nullable(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
});
export type ManifestSummary = z.infer<typeof manifestSummarySchema>;
