import { readFile } from 'node:fs/promises';
import { CsvError, parse } from 'csv-parse/sync';
import { AppError } from '#lib/core/errors.ts';
import { ratingsOfTable, type UnitRatings } from '#lib/statistics/agreement/unit-ratings.ts';

export interface RatingsMatrix {
  readonly ratings: UnitRatings;
  readonly raters: number;
  readonly missing: number;
  /** Whether every rating is a number, so that differences and ratios mean something. */
  readonly isNumeric: boolean;
}

/** Words for a rating that was not given. */
const MISSING = new Set(['', 'NA', 'NaN', '*', '.']);
/** Names of a first column that numbers the units. */
const UNIT_COLUMN = /^(units?|items?|subjects?|id|#)$/i;

/**
 * Reads a table of ratings from a CSV file, with or without a header. Ratings are numbers, or words,
 * whose order is then that of the alphabet.
 *
 * @param coders whether coders are the columns (and units the rows) or the rows.
 * @throws AppError BAD_INPUT where it is no table.
 */
export async function readRatingsMatrix(
  path: string,
  coders: 'columns' | 'rows',
): Promise<RatingsMatrix> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new AppError(
      'BAD_INPUT',
      `Can't read ${path} (${error.code}). Give a CSV file of ratings.`,
    );
  });
  const rows = withoutHeader(parseRows(path, text));
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  if (width === 0) throw new AppError('BAD_INPUT', `${path} has no ratings.`);
  const cells = rows.map((row) =>
    Array.from({ length: width }, (_, c) => {
      const cell = (row[c] ?? '').trim();
      return MISSING.has(cell) ? null : cell;
    }),
  );
  const given = cells.flat().filter((cell) => cell !== null);
  const isNumeric = given.every((cell) => Number.isFinite(Number(cell)));
  const words = [...new Set(given)].sort();
  const numberOf = (cell: string | null) =>
    cell === null ? null : isNumeric ? Number(cell) : words.indexOf(cell);
  const table = cells.map((row) => row.map(numberOf));
  const units =
    coders === 'columns'
      ? table
      : Array.from({ length: width }, (_, c) => table.map((row) => row[c] ?? null));
  return {
    ratings: ratingsOfTable(units),
    raters: coders === 'columns' ? width : table.length,
    missing: table.flat().filter((value) => value === null).length,
    isNumeric,
  };
}

function parseRows(path: string, text: string): string[][] {
  try {
    return parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new AppError('BAD_INPUT', `${path} is not well-formed CSV (${error.message}).`);
  }
}

/** A first row of words above numbers is a header; so is one that names its first column as units. */
function withoutHeader(rows: string[][]): string[][] {
  const [head = [], ...body] = rows;
  const isWord = (cell: string) => !MISSING.has(cell.trim()) && Number.isNaN(Number(cell));
  const hasUnits = UNIT_COLUMN.test((head[0] ?? '').trim());
  const isHeader = hasUnits || (head.some(isWord) && !body.flat().some(isWord));
  if (!isHeader) return rows;
  return hasUnits ? body.map((row) => row.slice(1)) : body;
}
