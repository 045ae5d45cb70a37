import { StringDecoder } from 'node:string_decoder';
import { CsvError, parse } from 'csv-parse';
import { AppError } from '#lib/core/errors.ts';
import type { NamedVote, Outcome } from '#lib/statistics/votes/vote-columns.ts';
import {
  ARENA_COLUMNS,
  ARENA_WORDS,
  type BadRow,
  isBadRow,
  type OutcomeWords,
  readVoteRow,
  type VoteColumnNames,
} from './vote-row.ts';

export type VoteFileFormat = 'csv' | 'jsonl';

export interface VoteFileOptions {
  /** The name that messages give the file. */
  readonly file: string;
  readonly format: VoteFileFormat;
  /** Columns that are named otherwise than in arena battle files. */
  readonly columns?: Partial<VoteColumnNames> | undefined;
  /** Words for outcomes; an outcome that is left out keeps the words of arena battle files. */
  readonly values?: Partial<OutcomeWords> | undefined;
  /** The only names of models that a row may have; all when left out. */
  readonly models?: ReadonlySet<string> | undefined;
  /** Further columns to read, where the file has them. */
  readonly also?: readonly string[] | undefined;
  /** Hand bad rows over instead of refusing the file at the first one. */
  readonly skipBadRows?: boolean | undefined;
}

/** Some votes of the file, in its order, and its bad rows among them. */
export interface VoteBatch {
  readonly votes: readonly NamedVote[];
  /** For each vote the text of the further columns that were asked for; null where it has none. */
  readonly also: readonly (readonly (string | null)[])[];
  readonly bad: readonly BadRow[];
}

/** A row longer than this many bytes is no vote. */
const LONGEST_ROW = 1 << 20;

/**
 * Reads a vote file as a stream: memory does not grow with it, and a slow taker slows the reading.
 * CSV has a header; JSONL has one object a line. Blank lines don't count.
 *
 * @throws AppError BAD_INPUT naming file, line, column, what was found and what was expected.
 */
export async function* readVoteFile(
  source: AsyncIterable<Uint8Array>,
  options: VoteFileOptions,
): AsyncGenerator<VoteBatch> {
  const columns = { ...ARENA_COLUMNS, ...options.columns };
  const words = outcomeWords({ ...ARENA_WORDS, ...options.values });
  const settings: RowSettings = { ...options, columns, words };
  yield* options.format === 'csv' ? readCsv(source, settings) : readJsonLines(source, settings);
}

/** The format that a file's name tells, or null. */
export function voteFileFormat(name: string): VoteFileFormat | null {
  if (/\.csv$/i.test(name)) return 'csv';
  return /\.(jsonl|ndjson)$/i.test(name) ? 'jsonl' : null;
}

/** One sentence about a bad row. */
export function describeBadRow(file: string, row: BadRow): string {
  const column = row.column === null ? '' : `, column "${row.column}"`;
  return `${file}, line ${row.line}${column}: found ${row.found}; expected ${row.expected}.`;
}

interface RowSettings extends VoteFileOptions {
  readonly columns: VoteColumnNames;
  readonly words: ReadonlyMap<string, Outcome>;
}

function outcomeWords(words: OutcomeWords): Map<string, Outcome> {
  const map = new Map<string, Outcome>();
  for (const outcome of ['left', 'right', 'tie'] as const) {
    for (const word of words[outcome]) {
      if (map.has(word) && map.get(word) !== outcome) {
        throw new AppError(
          'BAD_INPUT',
          `The word "${word}" stands for both ${map.get(word)} and ${outcome}; it must stand for one.`,
        );
      }
      map.set(word, outcome);
    }
  }
  return map;
}

/** Gathers rows into a batch; the first bad row ends the reading unless bad rows are skipped. */
function gather(settings: RowSettings) {
  let votes: NamedVote[] = [];
  let also: (readonly (string | null)[])[] = [];
  let bad: BadRow[] = [];
  let failure: AppError | null = null;
  return {
    take(row: NamedVote | BadRow, further: (name: string) => string | undefined = () => undefined) {
      if (!isBadRow(row)) {
        votes.push(row);
        if (settings.also) also.push(settings.also.map((name) => further(name) ?? null));
      } else if (settings.skipBadRows) bad.push(row);
      else failure ??= badRowError(settings.file, row);
    },
    fail(error: AppError) {
      failure ??= error;
    },
    get isBroken() {
      return failure !== null;
    },
    batch(): VoteBatch {
      if (failure) throw failure;
      const batch = { votes, also, bad };
      votes = [];
      also = [];
      bad = [];
      return batch;
    },
  };
}

function badRowError(file: string, row: BadRow): AppError {
  return new AppError('BAD_INPUT', describeBadRow(file, row), {
    reason: 'bad-row',
    file,
    line: row.line,
    column: row.column,
  });
}

async function* readCsv(
  source: AsyncIterable<Uint8Array>,
  settings: RowSettings,
): AsyncGenerator<VoteBatch> {
  const rows = gather(settings);
  let places: Record<keyof VoteColumnNames, number> | null = null;
  let header: readonly string[] = [];
  const parser = parse({
    bom: true,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
    on_record(record: string[], context) {
      if (rows.isBroken) return null;
      if (!places) {
        try {
          places = findColumns(record, settings);
          header = record.map((name) => name.trim());
        } catch (error) {
          rows.fail(error as AppError);
        }
        return null;
      }
      if (record.length !== header.length) {
        rows.take({
          line: firstLine(record, context.lines),
          column: null,
          found: `${record.length} fields`,
          expected: `${header.length}, as in the header`,
        });
        return null;
      }
      const cells = {
        a: record[places.a],
        b: record[places.b],
        winner: record[places.winner],
        rater: record[places.rater],
        prompt: record[places.prompt],
      };
      const row = readVoteRow(cells, context.lines, settings);
      rows.take(
        isBadRow(row) ? { ...row, line: firstLine(record, context.lines) } : row,
        (name) => record[header.indexOf(name)],
      );
      return null;
    },
  });
  // Errors come through the callbacks below; without a listener they would end the process.
  parser.on('error', () => {});
  const settle = (act: (done: (error?: Error | null) => void) => void) =>
    new Promise<void>((resolve, reject) => {
      act((error) => (error ? reject(csvError(error, settings.file)) : resolve()));
    });
  for await (const chunk of source) {
    await settle((done) => parser.write(chunk, done));
    yield rows.batch();
  }
  await settle((done) => parser.end(done));
  if (!places) rows.fail(emptyFile(settings.file));
  yield rows.batch();
}

/** The parser tells a row's last line; a quoted cell may span several. */
function firstLine(record: readonly string[], lastLine: number): number {
  const breaks = record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
  return lastLine - breaks;
}

function findColumns(
  header: readonly string[],
  { file, columns }: RowSettings,
): Record<keyof VoteColumnNames, number> {
  const names = header.map((name) => name.trim());
  const place = (name: string, isNeeded: boolean) => {
    const at = names.indexOf(name);
    if (at < 0 && isNeeded) {
      throw new AppError(
        'BAD_INPUT',
        `${file}, line 1: found no column "${name}" among ${names.map((n) => `"${n}"`).join(', ')}; name the columns of the models and the winner, for example --columns a=left,b=right,winner=outcome.`,
        { reason: 'no-column', file, line: 1, column: name },
      );
    }
    return at;
  };
  return {
    a: place(columns.a, true),
    b: place(columns.b, true),
    winner: place(columns.winner, true),
    rater: place(columns.rater, columns.rater !== ARENA_COLUMNS.rater),
    prompt: place(columns.prompt, columns.prompt !== ARENA_COLUMNS.prompt),
  };
}

function csvError(error: Error, file: string): AppError {
  if (error instanceof AppError) return error;
  const line = error instanceof CsvError && typeof error.lines === 'number' ? error.lines : null;
  const where = line === null ? file : `${file}, line ${line}`;
  return new AppError(
    'BAD_INPUT',
    `${where}: this is not well-formed CSV (${error.message}).`,
    { reason: 'not-csv', file, line },
    { cause: error },
  );
}

function emptyFile(file: string): AppError {
  return new AppError(
    'BAD_INPUT',
    `${file} is empty; expected a header with model_a, model_b and winner, then one vote a line.`,
    { reason: 'empty', file },
  );
}

async function* readJsonLines(
  source: AsyncIterable<Uint8Array>,
  settings: RowSettings,
): AsyncGenerator<VoteBatch> {
  const rows = gather(settings);
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let line = 0;
  const take = (text: string) => {
    line++;
    if (rows.isBroken || text.trim() === '') return;
    if (text.length > LONGEST_ROW) {
      rows.take({ line, column: null, found: 'a very long line', expected: 'one vote' });
      return;
    }
    const record = parseJsonRow(line === 1 ? text.replace(/^\uFEFF/, '') : text, line);
    if (record.bad) rows.take(record.bad);
    else rows.take(readJsonRow(record.cell, line, settings), record.cell);
  };
  for await (const chunk of source) {
    const lines = (rest + decoder.write(Buffer.from(chunk))).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) take(text);
    if (rest.length > LONGEST_ROW) {
      rows.fail(
        new AppError(
          'BAD_INPUT',
          `${settings.file}, line ${line + 1}: a line is longer than ${LONGEST_ROW} characters; expected one vote a line.`,
          { reason: 'bad-row', file: settings.file, line: line + 1 },
        ),
      );
    }
    yield rows.batch();
  }
  take(rest + decoder.end());
  yield rows.batch();
}

type JsonRow =
  | { readonly bad: BadRow }
  | { readonly bad: null; readonly cell: (name: string) => string | undefined };

function parseJsonRow(text: string, line: number): JsonRow {
  const whole = (found: string): JsonRow => ({
    bad: { line, column: null, found, expected: 'one JSON object a line' },
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return whole('text that is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return whole(Array.isArray(value) ? 'a list' : `a ${value === null ? 'null' : typeof value}`);
  }
  const record = value as Record<string, unknown>;
  const cell = (name: string): string | undefined => {
    const held = Object.hasOwn(record, name) ? record[name] : undefined;
    return typeof held === 'string' || typeof held === 'number' ? String(held) : undefined;
  };
  return { bad: null, cell };
}

function readJsonRow(
  cell: (name: string) => string | undefined,
  line: number,
  settings: RowSettings,
): NamedVote | BadRow {
  const { columns } = settings;
  return readVoteRow(
    {
      a: cell(columns.a),
      b: cell(columns.b),
      winner: cell(columns.winner),
      rater: cell(columns.rater),
      prompt: cell(columns.prompt),
    },
    line,
    settings,
  );
}
