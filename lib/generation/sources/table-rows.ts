import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type * as z from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { extensionOf } from '#lib/platform/files/file-kinds.ts';
import { decodeText, LINE_LIMIT, textLines } from './text-lines.ts';

/** What a kind of table looks like. */
export interface TableFormat<Row> {
  /** Columns without which the file is not this kind of table. */
  required: readonly string[];
  row: z.ZodType<Row>;
  /** What each column should hold, for the person who wrote another thing. */
  expected: Readonly<Record<string, string>>;
}

export interface TableRow<Row> {
  line: number;
  values: Row;
}

/**
 * Reads a table row by row: CSV (comma, semicolon or tab) or, by its name, JSONL. Columns that the
 * format does not know are passed over; empty cells count as absent.
 *
 * @throws AppError BAD_INPUT naming file, line and column and what was expected there;
 *   `data.reason` is `columns` where the header lacks a column, else `table`
 */
export async function* tableRows<Row>(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  format: TableFormat<Row>,
): AsyncGenerator<TableRow<Row>> {
  const isJson = ['jsonl', 'ndjson'].includes(extensionOf(file));
  const raw = isJson ? jsonRows(file, chunks) : csvRows(file, chunks);
  let seen = false;
  for await (const { line, values } of raw) {
    if (!seen) checkColumns(file, line, Object.keys(values), format.required);
    seen = true;
    const parsed = format.row.safeParse(dropEmpty(values));
    if (parsed.success) yield { line, values: parsed.data };
    else throw wrongCell(file, line, values, format, parsed.error);
  }
  if (!seen)
    throw new AppError(
      'BAD_INPUT',
      `${file} has no rows; expected the columns ${list(format.required)}.`,
      { reason: 'columns', file },
    );
}

type RawRow = { line: number; values: Record<string, unknown> };

async function* csvRows(file: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<RawRow> {
  const text = decodeText(file, chunks);
  const first = await text.next();
  const head: string = first.done ? '' : first.value;
  const parser = parse({
    columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
    delimiter: delimiterOf(head),
    bom: true,
    info: true,
    trim: true,
    skip_empty_lines: true,
    max_record_size: LINE_LIMIT,
  });
  const source = Readable.from(prepend(head, text));
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const { record, info } of parser) yield { line: info.lines, values: record };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? error.lines : 1;
    throw new AppError('BAD_INPUT', `${file} line ${line}: ${csvProblem(error)}`, {
      reason: 'table',
      file,
      line,
    });
  } finally {
    source.destroy();
  }
}

async function* jsonRows(file: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<RawRow> {
  for await (const { line, text } of textLines(file, chunks)) {
    if (text.trim() === '') continue;
    let values: unknown;
    try {
      values = JSON.parse(text);
    } catch {
      values = null;
    }
    if (typeof values !== 'object' || values === null || Array.isArray(values))
      throw new AppError(
        'BAD_INPUT',
        `${file} line ${line}: expected one JSON object a line, such as {"model": "a", ...}.`,
        { reason: 'table', file, line },
      );
    yield { line, values: values as Record<string, unknown> };
  }
}

async function* prepend(head: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield head;
  yield* rest;
}

/** Tab or semicolon where the header has one and no comma; comma otherwise. */
function delimiterOf(head: string): string {
  const header = head.split('\n', 1)[0] ?? '';
  if (header.includes(',')) return ',';
  return ['\t', ';'].find((sign) => header.includes(sign)) ?? ',';
}

function csvProblem(error: CsvError): string {
  switch (error.code) {
    case 'CSV_RECORD_INCONSISTENT_COLUMNS':
    case 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH':
      return 'the row has another number of cells than the header; put quotes around a text that holds the separator.';
    case 'CSV_QUOTE_NOT_CLOSED':
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'INVALID_OPENING_QUOTE':
    case 'CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE':
      return 'a quote is not closed; double a quote that belongs to the text ("").';
    case 'CSV_MAX_RECORD_SIZE':
      return `the row is longer than ${LINE_LIMIT} characters; is a quote missing?`;
    default:
      return 'the row can not be read as CSV.';
  }
}

function checkColumns(
  file: string,
  line: number,
  found: readonly string[],
  required: readonly string[],
): void {
  const missing = required.filter((name) => !found.includes(name));
  if (missing.length === 0) return;
  const columns = found.length === 0 ? 'none' : list(found.slice(0, 12));
  throw new AppError(
    'BAD_INPUT',
    `${file} line ${Math.min(line, 1)}: the ${missing.length === 1 ? 'column' : 'columns'} ${list(missing)} ${missing.length === 1 ? 'is' : 'are'} missing; expected ${list(required)}, found ${columns}.`,
    { reason: 'columns', file, line: 1, missing },
  );
}

function wrongCell<Row>(
  file: string,
  line: number,
  values: Record<string, unknown>,
  format: TableFormat<Row>,
  error: z.ZodError,
): AppError {
  const column = String(error.issues[0]?.path[0] ?? format.required[0] ?? '');
  const found = values[column];
  const shown =
    found === undefined || found === ''
      ? 'found nothing'
      : `found ${shorten(JSON.stringify(found))}`;
  return new AppError(
    'BAD_INPUT',
    `${file} line ${line}, column ${column}: expected ${format.expected[column] ?? 'another value'}, ${shown}.`,
    { reason: 'table', file, line, column },
  );
}

function dropEmpty(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== '' && value !== null),
  );
}

function list(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}
