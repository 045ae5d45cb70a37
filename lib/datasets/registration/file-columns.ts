import type { SourceColumn } from '../schema.ts';

/** The columns of a file, and what else has to be known to read its rows. */
export interface FileColumns {
  columns: SourceColumn[];
  /** Of a CSV file. */
  delimiter: string;
}
