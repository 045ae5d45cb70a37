import type { FoundFile } from '#lib/platform/files/walk-folder.ts';

/** A file at hand: its bytes lie in a local file for as long as its user runs. */
export interface FileAtHand {
  localPath: string;
  /** SHA-256, in hexadecimal. */
  hash: string;
  bytes: number;
}

/** The files of an import, wherever they lie. Paths are as the person named them. */
export interface FileSet {
  list(): AsyncGenerator<FoundFile>;
  /** The bytes of a small text file, such as a table. */
  read(path: string): AsyncIterable<Uint8Array>;
  digest(path: string): Promise<{ hash: string; bytes: number }>;
  /**
   * Brings a file to hand while `use` runs.
   *
   * @throws AppError NOT_FOUND, FORBIDDEN, BAD_INPUT or TOO_LARGE with a sentence about "it"
   */
  withFile<T>(path: string, use: (file: FileAtHand) => Promise<T>): Promise<T>;
}
