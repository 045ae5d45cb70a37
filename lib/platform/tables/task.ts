import { z } from 'zod';

/** A value for `$name` in a statement. A list is one of texts. */
export type Parameter = string | number | boolean | null | readonly string[];

/** What a process that runs DuckDB can be asked to do. Paths are absolute. */
export interface TableTask {
  kind: 'query' | 'run' | 'npy';
  /** Each is one statement; they see each other's temporary tables. `query` and `npy` take one. */
  statements: readonly string[];
  parameters: Readonly<Record<string, Parameter>>;
  /** The only files that the statements may read or write. */
  files: readonly string[];
  /** For `npy`: the file to write. */
  output?: string;
}

/** Parent to child. */
export interface TableRequest {
  task: TableTask;
  limits: {
    memoryMebibytes: number;
    threads: number;
    /** A folder of this call alone, for what does not fit into memory. */
    scratchDir: string;
    scratchMebibytes: number;
    maxRows: number;
  };
}

const cell = z.json();
/** A value of a row: numbers that are not finite are null, integers beyond 2^53 texts. */
export type Cell = z.infer<typeof cell>;
export type Row = Record<string, Cell>;

/** Child to parent. A process that has read foreign bytes is not trusted: its answer is parsed. */
export const tableReply = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('done'),
    /** The rows of a query. */
    rows: z.array(z.record(z.string(), cell)),
    /** Rows that each statement wrote or gave. */
    counts: z.array(z.int().min(0)),
  }),
  z.object({ kind: z.literal('too-many-rows') }),
  z.object({ kind: z.literal('refused'), message: z.string().max(1000) }),
  z.object({
    kind: z.literal('failed'),
    message: z.string().max(4000),
    statement: z.int().min(0).nullable(),
  }),
]);
export type TableReply = z.infer<typeof tableReply>;
