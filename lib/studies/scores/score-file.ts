import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { AppError } from '#lib/core/errors.ts';

/** One score of an arm's video of one prompt; arms and prompts by their places in the lists given. */
export interface ScoreRow {
  readonly arm: number;
  readonly prompt: number;
  /** One a metric; null where the cell is empty. */
  readonly values: readonly (number | null)[];
}

export interface ScoreFile {
  readonly metrics: readonly string[];
  readonly rows: readonly ScoreRow[];
}

export interface ScoreFileRules {
  /** The name that messages give the file. */
  readonly file: string;
  readonly arms: readonly string[];
  readonly prompts: readonly { readonly key: string; readonly text: string }[];
}

const MOST_METRICS = 20;
const LONGEST_NAME = 60;
const LONGEST_ROW = 1 << 20;

/**
 * Reads scores from CSV: a column `arm` (or `model`), a column `prompt` (its key or its text), and a
 * column of numbers for each metric. An empty cell is no score.
 *
 * @throws AppError BAD_INPUT naming line, column, what was found and what was expected.
 */
export async function readScoreFile(
  source: AsyncIterable<Uint8Array>,
  rules: ScoreFileRules,
): Promise<ScoreFile> {
  const arms = new Map(rules.arms.map((name, place) => [name, place]));
  const prompts = new Map([
    ...rules.prompts.map(({ text }, place) => [text, place] as const),
    ...rules.prompts.map(({ key }, place) => [key, place] as const),
  ]);
  const parser = parse({
    bom: true,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: LONGEST_ROW,
    info: true,
  });
  const input = Readable.from(source);
  input.on('error', (error) => parser.destroy(error));
  input.pipe(parser);
  let header: Header | null = null;
  const rows: ScoreRow[] = [];
  const seen = new Map<number, number>();
  try {
    for await (const entry of parser) {
      const { record, info } = entry as { record: string[]; info: { lines: number } };
      const bad = (column: string | null, found: string, expected: string): AppError =>
        badCell(rules.file, info.lines, column, found, expected);
      if (header === null) {
        header = readHeader(record, rules.file);
        continue;
      }
      if (record.length !== header.width)
        throw bad(null, `${record.length} fields`, `${header.width}, as in the header`);
      const arm = arms.get(record[header.arm] ?? '');
      if (arm === undefined)
        throw bad(header.armName, quoted(record[header.arm]), `one of ${listed(rules.arms)}`);
      const prompt = prompts.get(record[header.prompt] ?? '');
      if (prompt === undefined)
        throw bad('prompt', quoted(record[header.prompt]), 'the key or the text of a prompt');
      const place = arm * rules.prompts.length + prompt;
      const before = seen.get(place);
      if (before !== undefined)
        throw bad(null, `the arm and prompt of line ${before} again`, 'each of them once');
      seen.set(place, info.lines);
      const values = header.metrics.map(({ name, at }) => {
        const cell = record[at] ?? '';
        if (cell === '') return null;
        const value = Number(cell);
        if (!Number.isFinite(value)) throw bad(name, quoted(cell), 'a number, or nothing');
        return value;
      });
      rows.push({ arm, prompt, values });
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new AppError(
      'BAD_INPUT',
      `${rules.file}: this is not well-formed CSV (${error.message}).`,
      { reason: 'not-csv', file: rules.file },
      { cause: error },
    );
  }
  if (header === null || rows.length === 0)
    throw new AppError(
      'BAD_INPUT',
      `${rules.file} has no scores; expected a header with arm, prompt and a column for each metric, then one video a line.`,
      { reason: 'empty', file: rules.file },
    );
  return { metrics: header.metrics.map(({ name }) => name), rows };
}

interface Header {
  readonly width: number;
  readonly arm: number;
  readonly armName: string;
  readonly prompt: number;
  readonly metrics: readonly { readonly name: string; readonly at: number }[];
}

function readHeader(names: readonly string[], file: string): Header {
  const bad = (found: string, expected: string) => badCell(file, 1, null, found, expected);
  const repeated = names.find((name, place) => names.indexOf(name) !== place);
  if (repeated !== undefined) throw bad(`two columns ${quoted(repeated)}`, 'each name once');
  const arm = Math.max(names.indexOf('arm'), names.indexOf('model'));
  const prompt = names.indexOf('prompt');
  if (arm < 0 || prompt < 0)
    throw bad(
      `the columns ${listed(names)}`,
      'a column "arm" (or "model"), a column "prompt" and one for each metric',
    );
  const metrics = names
    .map((name, at) => ({ name, at }))
    .filter(({ name, at }) => at !== prompt && name !== 'arm' && name !== 'model');
  if (metrics.length === 0 || metrics.length > MOST_METRICS)
    throw bad(`${metrics.length} metrics`, `1 to ${MOST_METRICS} further columns`);
  const odd = metrics.find(({ name }) => name === '' || name.length > LONGEST_NAME);
  if (odd)
    throw bad(`a metric called ${quoted(odd.name)}`, `a name of 1 to ${LONGEST_NAME} characters`);
  return { width: names.length, arm, armName: names[arm] ?? 'arm', prompt, metrics };
}

function badCell(
  file: string,
  line: number,
  column: string | null,
  found: string,
  expected: string,
): AppError {
  const where = column === null ? '' : `, column "${column}"`;
  return new AppError(
    'BAD_INPUT',
    `${file}, line ${line}${where}: found ${found}; expected ${expected}.`,
    { reason: 'bad-row', file, line, column },
  );
}

const MOST_LISTED = 20;

function listed(names: readonly string[]): string {
  const more = names.length - MOST_LISTED;
  const shown = names.slice(0, MOST_LISTED).map(quoted).join(', ');
  return `${shown}${more > 0 ? ` and ${more} more` : ''}`;
}

function quoted(text: string | undefined): string {
  return text === undefined || text === ''
    ? 'nothing'
    : `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}
