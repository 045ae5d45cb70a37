import type { TableFormat } from '../schema.ts';

/** How the rows of a file are read: sidecars of a WebDataset are brought to hand as JSONL. */
export type RowFormat = Exclude<TableFormat, 'webdataset'>;

/** One file of a source. */
export interface SourceFile {
  /** As the person knows it: relative to the folder that was named. */
  name: string;
  readAs: RowFormat;
  /**
   * Brings the file to hand while `use` runs, as a local path that holds what was found when it was
   * opened: a link that is swapped meanwhile changes nothing.
   *
   * @throws AppError with a sentence about "it"
   */
  withLocal<T>(use: (localPath: string) => Promise<T>): Promise<T>;
}

export interface PassedOver {
  file: string;
  reason: string;
}

export interface OpenSource {
  format: TableFormat;
  /** Sorted by name. */
  files: SourceFile[];
  /** The first hundred that can't be read. */
  passedOver: PassedOver[];
  close(): void;
}

/** Where a listing found something, before its format is known. */
export interface FoundEntry {
  name: string;
  /** Opens it and yields its bytes. */
  read(signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** Brings it to hand without a copy, where its place allows that. */
  withLocal<T>(use: (localPath: string) => Promise<T>): Promise<T>;
}
