import { parquetRows } from '#lib/platform/tables/sql.ts';
import type { Tables } from '#lib/platform/tables/tables.ts';
import type { Row } from '#lib/platform/tables/task.ts';
import { Bindings } from './bindings.ts';

/** Seconds that one look at all clips may take: 500 million rows on a slow disk. */
const LIMIT_SECONDS = 3600;

/** The clips of a version as statements see them: the rows of its parts, in the order of their uids. */
export interface ClipRows {
  /** What stands behind `FROM`. */
  readonly from: string;
  /** Runs one statement whose values are bound; 10,000 rows at most. */
  query(statement: (bindings: Bindings) => string): Promise<Row[]>;
}

/** The rows of these Parquet files, to be asked through the door to tables. */
export function clipRows(
  tables: Pick<Tables, 'query'>,
  files: readonly string[],
  signal?: AbortSignal,
): ClipRows {
  return {
    from: parquetRows(files),
    async query(statement) {
      const bindings = new Bindings();
      const text = statement(bindings);
      const { parameters } = bindings;
      return tables.query(text, { files, parameters, signal, limitSeconds: LIMIT_SECONDS });
    },
  };
}
