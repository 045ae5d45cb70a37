import type * as z from 'zod';
import type { Platform } from '#lib/platform/platform.ts';

/** What a scorer may use: it never sees the database, the queue or the store of blobs. */
export type ScorerPlatform = Pick<Platform, 'media' | 'models' | 'llm' | 'log' | 'environment'>;

/** One column that a scorer adds to the table of clips. */
export interface ScorerColumn {
  /** Lower-case letters, digits and `_`, as all columns of a clip table. */
  readonly name: string;
  readonly kind: 'number' | 'text' | 'vector';
  readonly description: string;
  readonly unit?: string;
}

/** A value of a clip table. A number that is not finite counts as missing. */
export type ColumnValue = number | string | Float32Array | null;

export interface ClipToScore {
  readonly uid: string;
  /** Absolute path on this machine. */
  readonly path: string;
  /** What the table and earlier scorers say of this clip, by column: those that the scorer `reads`. */
  readonly values: Readonly<Record<string, ColumnValue>>;
}

/** A scorer with its models in memory; may be asked about several clips at once. */
export interface OpenScorer {
  /**
   * The value of each column for one clip. Same clip, same settings: same digits.
   *
   * @throws AppError BAD_INPUT for a bad clip, which is recorded with this message and skipped;
   *   anything else ends the shard, which is tried again
   */
  score(clip: ClipToScore, signal: AbortSignal): Promise<Record<string, ColumnValue>>;
  close(): Promise<void>;
  /** SHA-256 in hexadecimal of each model file that it loaded, by name: part of the lineage. */
  readonly models: Readonly<Record<string, string>>;
}

/** Something that says one or more things about each clip. See docs/scorers.md. */
export interface Scorer<Settings> {
  /** As steps name it: lower-case letters, digits and `-`. */
  readonly name: string;
  readonly title: string;
  /** One or two plain sentences for the person who chooses it. */
  readonly description: string;
  /** Raised when equal settings would give other numbers. */
  readonly version: number;
  /** An object whose fields all have a title in `.meta({ title })`; what may be left out has a default. */
  readonly settings: z.ZodType<Settings>;
  columns(settings: Settings): readonly ScorerColumn[];
  /** Columns of the table or of earlier scorers that it reads. */
  reads(settings: Settings): readonly string[];
  /** @throws AppError BAD_INPUT or NOT_FOUND where a model is missing or is none, which fails the run */
  open(platform: ScorerPlatform, settings: Settings): Promise<OpenScorer>;
}
