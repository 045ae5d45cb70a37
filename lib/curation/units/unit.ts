import * as z from 'zod';
import type { Platform } from '#lib/platform/platform.ts';
import type { LoadedRun } from '../runs/load-run.ts';
import type { Stage } from '../runs/stages.ts';
import { clipColumnSchema } from '../schema.ts';
import type { ScorerShelf } from '../scorers/scorer-shelf.ts';

/** What doing the work of a run needs. */
export type RunPlatform = Pick<
  Platform,
  'database' | 'blobs' | 'media' | 'models' | 'llm' | 'tables' | 'environment' | 'log' | 'queue'
>;

/** A video or clip that could not be read or judged, with the reason in a sentence. */
export interface UnitFault {
  uid: string;
  path: string;
  reason: string;
}

/** What one piece of work has to do, and with what. */
export interface UnitContext<Input> {
  platform: RunPlatform;
  run: LoadedRun;
  stage: Stage;
  stageIndex: number;
  position: number;
  input: Input;
  scorers: ScorerShelf;
  signal: AbortSignal;
  /** The share that is done, 0 to 1. */
  onProgress: (share: number) => void;
}

/** What came out of it. The same input gives the same output, byte for byte, whoever does it. */
export interface UnitResult<Output> {
  output: Output;
  clips: number;
  faults: UnitFault[];
  /** The inputs of the next stage's units, in order, where this stage is what finds them out. */
  next?: unknown[];
}

export const cutInputSchema = z.object({ path: z.string() });
export const takeInputSchema = z.object({ paths: z.array(z.string()) });
/** Clips of one part, from the first uid to the last, both included. */
export const shardInputSchema = z.object({
  part: z.string(),
  first: z.string(),
  last: z.string(),
  clips: z.int(),
});
export type ShardInput = z.infer<typeof shardInputSchema>;
/** Clips of one part, with the positions of the first and the last of their shards. */
export const joinInputSchema = shardInputSchema.extend({ from: z.int(), to: z.int() });
export type JoinInput = z.infer<typeof joinInputSchema>;

export const listOutputSchema = z.object({
  files: z.int(),
  passedOver: z.int(),
});
/** `hash`: the Parquet blob; null where no clip came out. */
export const clipsOutputSchema = z.object({
  hash: z.string().nullable(),
  columns: z.array(clipColumnSchema),
  /** Of cutting: scenes found, and left out for each reason. */
  scenes: z.int().optional(),
  dropped: z.record(z.string(), z.int()).optional(),
});
export type ClipsOutput = z.infer<typeof clipsOutputSchema>;
export const gatherOutputSchema = z.object({
  parts: z.array(z.string()),
  columns: z.array(clipColumnSchema),
});
export const scoreColumnSchema = z.object({
  name: z.string(),
  kind: z.enum(['number', 'text', 'vector']),
});
export const scoreOutputSchema = z.object({
  hash: z.string(),
  columns: z.array(scoreColumnSchema),
  models: z.record(z.string(), z.string()),
});
export type ScoreOutput = z.infer<typeof scoreOutputSchema>;
export const joinOutputSchema = z.object({
  hash: z.string(),
  vectorHash: z.string().nullable(),
});
