import { open } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { parquetRows } from '#lib/platform/tables/sql.ts';
import type { SourceColumn } from '../schema.ts';
import type { RowFormat } from '../sources/source-file.ts';
import type { FileColumns } from './file-columns.ts';
import { jsonLines } from './readers.ts';
import { MISSING_WORDS } from './row-rules.ts';

const HEADER_BYTES = 1024 ** 2;
const COLUMN_LIMIT = 2000;
const DELIMITERS = [',', '\t', ';', '|'];
/** Rows of JSONL that are looked at for the names of their fields. */
const SAMPLED_LINES = 1000;
/** A column of texts of which so many are numbers is one of numbers, with some that are wrong. */
const NUMERIC_SHARE = 0.9;
const NUMERIC = /^(U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL.*|BOOLEAN)$/;
const NESTED = /(\[\d*\]$)|^(STRUCT|MAP|UNION|BLOB|GEOMETRY|VARIANT)/;

/** Reads the names and types of a file's columns. @throws AppError BAD_INPUT about "it" */
export async function readColumns(
  { tables }: Pick<Platform, 'tables'>,
  path: string,
  readAs: RowFormat,
  signal: AbortSignal,
): Promise<FileColumns> {
  if (readAs === 'csv') return readHeader(path);
  const call = { files: [path], signal };
  const rows =
    readAs === 'parquet'
      ? await tables.query(
          `SELECT column_name AS name, column_type AS type FROM (DESCRIBE SELECT * FROM ${parquetRows([path])})`,
          call,
        )
      : await tables.query(
          `SELECT name, CASE WHEN bool_or(kind IN ('OBJECT', 'ARRAY')) THEN 'STRUCT'
             WHEN count(*) FILTER (kind IN ('DOUBLE', 'BIGINT', 'UBIGINT', 'BOOLEAN')) >=
               greatest(1, ${NUMERIC_SHARE} * count(*) FILTER (kind <> 'NULL')) THEN 'DOUBLE'
             ELSE 'VARCHAR' END AS type
           FROM (SELECT unnest(json_keys(line)) AS name, line FROM
             (SELECT line FROM (SELECT TRY_CAST(line AS JSON) AS line FROM ${jsonLines(path)} LIMIT ${SAMPLED_LINES}) WHERE json_type(line) = 'OBJECT')),
             LATERAL (SELECT json_type(line, '/' || replace(replace(name, '~', '~0'), '/', '~1')) AS kind)
           GROUP BY name ORDER BY name`,
          call,
        );
  const columns = rows.map(({ name, type }) => columnOf(String(name), String(type)));
  return { columns: checkCount(columns), delimiter: ',' };
}

function columnOf(name: string, type: string): SourceColumn {
  const isNumeric = NUMERIC.test(type);
  return { name, type, isNumeric, isText: !isNumeric && !NESTED.test(type) };
}

/** The header of a CSV file; what its columns hold is told by their first rows. */
async function readHeader(path: string): Promise<FileColumns> {
  const text = await readStart(path);
  const first = DELIMITERS.map((delimiter) => ({
    delimiter,
    names: recordsOf(text, delimiter, 1)[0] ?? [],
  })).reduce((best, other) => (other.names.length > best.names.length ? other : best));
  const { delimiter, names } = first;
  if (names.every((name) => name.trim() === ''))
    throw new AppError('BAD_INPUT', 'It has no header: its first row names the columns.', {
      reason: 'header',
    });
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new AppError('BAD_INPUT', `Its header names the column "${twice}" twice.`, {
      reason: 'header',
    });
  const rows = recordsOf(text, delimiter, 101).slice(1);
  const columns = names.map((name, index) => {
    const values = rows
      .map((row) => row[index]?.trim() ?? '')
      .filter((value) => !MISSING_WORDS.includes(value.toLowerCase()));
    const numbers = values.filter(isNumber).length;
    const isNumeric = numbers > 0 && numbers >= values.length * NUMERIC_SHARE;
    return { name, type: isNumeric ? 'NUMBER' : 'TEXT', isNumeric, isText: true };
  });
  return { columns: checkCount(columns), delimiter };
}

function isNumber(text: string): boolean {
  return (
    /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) || /^[+-]?(nan|inf(inity)?)$/i.test(text)
  );
}

function recordsOf(text: string, delimiter: string, count: number): string[][] {
  try {
    return parse(text, {
      delimiter,
      to: count,
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_records_with_error: true,
    });
  } catch {
    // A quote that is never closed, as it looks with this delimiter.
    return [];
  }
}

async function readStart(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    const text = buffer.subarray(0, bytesRead).toString('utf8');
    // Cut after the last whole line, where there is more.
    const end = bytesRead < HEADER_BYTES ? -1 : text.lastIndexOf('\n');
    return end === -1 ? text : text.slice(0, end + 1);
  } finally {
    await file.close();
  }
}

function checkCount(columns: SourceColumn[]): SourceColumn[] {
  if (columns.length === 0)
    throw new AppError('BAD_INPUT', 'It has no columns; give a table with a row for each clip.', {
      reason: 'no-columns',
    });
  if (columns.some(({ name }) => name.includes('\0')))
    throw new AppError('BAD_INPUT', 'The names of its columns are no text; is it another format?', {
      reason: 'header',
    });
  if (columns.length > COLUMN_LIMIT)
    throw new AppError('BAD_INPUT', `It has more than ${COLUMN_LIMIT} columns; leave some out.`, {
      reason: 'columns',
    });
  return columns;
}
