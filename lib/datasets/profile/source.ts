import type { Tables } from '#lib/platform/tables/tables.ts';
import type { Row } from '#lib/platform/tables/task.ts';

/** A canonical table to be described: its Parquet files, and how many clips they hold. */
export interface ProfileSource {
  readonly tables: Pick<Tables, 'query'>;
  readonly files: readonly string[];
  readonly clips: number;
  readonly signal?: AbortSignal | undefined;
}

/** A column is read as a whole for each question about it: this long at most. */
const LIMIT_SECONDS = 1800;

/** The rows of one statement over the whole table. */
export function ask(
  source: Pick<ProfileSource, 'tables' | 'files' | 'signal'>,
  statement: string,
  parameters: Readonly<Record<string, string | number>> = {},
): Promise<Row[]> {
  const { tables, files, signal } = source;
  return tables.query(statement, { files, parameters, signal, limitSeconds: LIMIT_SECONDS });
}
