import { randomUUID } from 'node:crypto';
import { mkdir, realpath, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChildPool } from '#lib/platform/child-process/child-pool.ts';
import { ChildFailure } from '#lib/platform/child-process/child-worker.ts';
import { asTableError, asTableFault, tableFault } from './failure.ts';
import { type Parameter, type Row, type TableRequest, type TableTask, tableReply } from './task.ts';

/** Rows that a query gives at most. */
export const MOST_ROWS = 10_000;

/** What a call may read, and how long it may take. Paths are absolute. */
export interface TableCall {
  /** The only files that the statements may read. */
  files: readonly string[];
  /** Values for `$name` in the statements. */
  parameters?: Readonly<Record<string, Parameter>>;
  signal?: AbortSignal | undefined;
  /** Wall-clock seconds; a query has 60 by default, everything else an hour. */
  limitSeconds?: number;
}

export interface TableWrite extends TableCall {
  /** The files that the statements may write (`COPY ... TO`); removed when the call fails. */
  outputs: readonly string[];
}

/**
 * The door to tables: DuckDB in a child process. Each call has an empty database of its own that may
 * touch the named files and nothing else (no other file, no network, no extension, no setting), with
 * limits on memory, temporary space and time; an abort kills the process. Statements are made by us
 * with names quoted by `quoteIdentifier`; foreign values come in as parameters. One string is one
 * statement. Errors are AppError with `data.reason` of `TableFaultReason`: BAD_INPUT (`BROKEN_FILE`,
 * with `file`, `row` and `column` where they are known; `STATEMENT`; `CRASHED`), FORBIDDEN
 * (`OUT_OF_REACH`), TOO_LARGE (`TOO_MANY_ROWS`, `TOO_SLOW`, `TOO_MUCH_MEMORY`, `TOO_MUCH_SPACE`),
 * STORAGE_FULL, UNAVAILABLE.
 */
export interface Tables {
  /** The rows of one statement, 10,000 at most, as plain JSON values. */
  query(statement: string, call: TableCall): Promise<Row[]>;
  /**
   * Runs statements one after the other in one database, so that temporary tables of the first serve
   * the others. @returns for each how many rows it wrote to a file or inserted
   */
  run(statements: readonly string[], call: TableWrite): Promise<number[]>;
  /**
   * Writes the uids that a statement of one column gives (32 hexadecimal digits each, ordered by the
   * statement) as a NumPy array with fields f0 and f1, as DataComp's subsets. @returns their number
   */
  writeNpy(statement: string, call: TableCall & { output: string }): Promise<number>;
  /** Ids of the child processes that are alive. */
  processIds(): number[];
  /** Ends the child processes; calls under way fail. */
  close(): void;
}

export interface TablesOptions {
  /** Where DuckDB puts what does not fit into memory; by default the system's folder for that. */
  scratchDir?: string;
  /** What a call may hold in that folder, in MiB. */
  scratchMebibytes?: number;
  /** Memory of DuckDB in each process, in MiB. */
  memoryMebibytes?: number;
  /** Threads of each process. */
  threads?: number;
  /** Child processes at most; they start when first needed. */
  processes?: number;
}

/** With one thread Parquet files get other row groups than with any larger number of them. */
const LEAST_THREADS = 2;
const QUERY_SECONDS = 60;
const RUN_SECONDS = 3600;
/** DuckDB's limit leaves out some of what it holds, and Node needs some itself. */
const RESIDENT_SLACK_MEBIBYTES = 1024;
/** Mapped as data, though never touched, by the allocators of both. */
const DATA_SLACK_MEBIBYTES = 4096;

/** Opens the door to tables. Call `close` at the end. */
export function createTables({
  scratchDir = join(tmpdir(), 'winnow-tables'),
  scratchMebibytes = 100 * 1024,
  memoryMebibytes = 1024,
  threads = Math.max(LEAST_THREADS, availableParallelism()),
  processes = 2,
}: TablesOptions = {}): Tables {
  const pool = new ChildPool(
    {
      entry: 'lib/platform/tables/worker-process.ts',
      memoryMebibytes: memoryMebibytes + RESIDENT_SLACK_MEBIBYTES,
      dataMebibytes: memoryMebibytes + DATA_SLACK_MEBIBYTES,
      heapMebibytes: 256,
    },
    processes,
  );

  async function perform(
    task: TableTask,
    { signal, limitSeconds = task.kind === 'query' ? QUERY_SECONDS : RUN_SECONDS }: TableCall,
  ) {
    const folder = join(scratchDir, randomUUID());
    await mkdir(folder, { recursive: true });
    try {
      const limits = {
        memoryMebibytes,
        threads,
        scratchDir: await realpath(folder),
        scratchMebibytes,
        maxRows: MOST_ROWS,
      };
      const request: TableRequest = { task, limits };
      const reply = tableReply.safeParse(await pool.run(request, { limitSeconds, signal }));
      if (!reply.success) throw new ChildFailure('CRASHED', 'no answer', '');
      return outcomeOf(reply.data);
    } catch (error) {
      throw error instanceof ChildFailure ? asTableFault(error) : error;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async function writing(task: TableTask, outputs: readonly string[], call: TableCall) {
    try {
      return (await perform(task, call)).counts;
    } catch (error) {
      for (const path of outputs) await rm(path, { force: true });
      throw error;
    }
  }

  return {
    async query(statement, call) {
      const { files, parameters = {} } = call;
      const task = { kind: 'query' as const, statements: [statement], parameters, files };
      return (await perform(task, call)).rows;
    },
    run(statements, call) {
      const { files, outputs, parameters = {} } = call;
      const task = { kind: 'run' as const, statements, parameters, files: [...files, ...outputs] };
      return writing(task, outputs, call);
    },
    async writeNpy(statement, call) {
      const { files, output, parameters = {} } = call;
      const task = { kind: 'npy' as const, statements: [statement], parameters, files, output };
      const [count = 0] = await writing(task, [output], call);
      return count;
    },
    processIds: () => pool.processIds(),
    close: () => pool.close(),
  };
}

function outcomeOf(reply: ReturnType<typeof tableReply.parse>) {
  switch (reply.kind) {
    case 'done':
      return reply;
    case 'too-many-rows':
      throw tableFault(
        'TOO_LARGE',
        'TOO_MANY_ROWS',
        `The answer has more than ${MOST_ROWS} rows; ask for fewer.`,
      );
    case 'refused':
      throw tableFault('BAD_INPUT', 'STATEMENT', reply.message);
    case 'failed':
      throw asTableError(reply.message, reply.statement);
  }
}
