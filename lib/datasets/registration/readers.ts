import { quoteIdentifier, quoteLiteral } from '#lib/platform/tables/sql.ts';
import type { RowFormat } from '../sources/source-file.ts';
import type { FileColumns } from './file-columns.ts';

/** A line of JSONL or a row of CSV that is longer is refused. */
const LINE_BYTES = 16 * 1024 ** 2;

/** The lines of a JSONL file, each as a text named `line`; an empty one is NULL. */
export function jsonLines(path: string): string {
  return `read_csv(${quoteLiteral(path)}, auto_detect = false, header = false, delim = '\u0001',
    quote = '', escape = '', new_line = '\\n', strict_mode = false, store_rejects = true,
    max_line_size = ${LINE_BYTES}, columns = {'line': 'VARCHAR'})`;
}

/** A SELECT over one file: `row` from 1, and an expression for each of the wished foreign columns. */
export interface RowReader {
  /** Gives `row`, `whole` (the line, where rows may be broken as a whole) and `r0`, `r1`, ... */
  statement: string;
  /** True where the values are texts that have to be read as numbers. */
  isText: boolean;
}

/**
 * The rows of a file with the columns of these foreign names, each of which is there. Foreign names
 * come into the statement as quoted identifiers or JSON pointers; those of CSV not at all.
 */
export function rowReader(
  path: string,
  readAs: RowFormat,
  { columns, delimiter }: FileColumns,
  wanted: readonly string[],
): RowReader {
  const named = (expressions: readonly string[]) =>
    expressions.map((expression, index) => `${expression} AS r${index}`).join(', ');
  if (readAs === 'parquet')
    return {
      statement: `SELECT file_row_number + 1 AS row, NULL::VARCHAR AS whole, ${named(wanted.map(quoteIdentifier))}
        FROM read_parquet([${quoteLiteral(path)}], file_row_number = true)`,
      isText: false,
    };
  if (readAs === 'csv') {
    const position = new Map(columns.map(({ name }, index) => [name, `c${index}`]));
    const types = columns.map((_, index) => `'c${index}': 'VARCHAR'`).join(', ');
    return {
      statement: `SELECT row_number() OVER () AS row, NULL::VARCHAR AS whole,
        ${named(wanted.map((name) => position.get(name) ?? 'NULL'))}
        FROM read_csv(${quoteLiteral(path)}, auto_detect = false, header = true,
          delim = ${quoteLiteral(delimiter)}, quote = '"', escape = '"', store_rejects = true,
          max_line_size = ${LINE_BYTES}, columns = {${types}})`,
      isText: true,
    };
  }
  const pointers = wanted.map((name) =>
    quoteLiteral(`/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
  return {
    statement: `SELECT row, CASE WHEN held IS NULL THEN line END AS whole,
        ${named(wanted.map((_, index) => `fields[${index + 1}]`))}
      FROM (SELECT row, line, held, json_extract_string(held, [${pointers.join(', ')}]) AS fields
        FROM (SELECT row, line,
            CASE WHEN json_type(TRY_CAST(line AS JSON)) = 'OBJECT' THEN line END AS held
          FROM (SELECT row_number() OVER () AS row, line FROM ${jsonLines(path)})
          WHERE trim(line, ' \t\r') <> ''))`,
    isText: true,
  };
}
