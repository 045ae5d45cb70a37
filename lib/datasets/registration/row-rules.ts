import { quoteLiteral } from '#lib/platform/tables/sql.ts';
import type { PlannedColumn } from './plan-columns.ts';

/** One thing that a row has to fulfil. Its place in the list is what is kept with a refused row. */
export interface RowRule {
  /** The foreign column; null where it is about the row as a whole. */
  column: string | null;
  /** What would be right, in a sentence. */
  message: string;
  /** A condition that is true for a row that breaks it. */
  isBroken: string;
  /** The value to show. */
  value: string;
}

/** What a row gives for one column. */
export interface RowValue {
  column: PlannedColumn;
  /** The value as the foreign table has it. */
  raw: string;
  /** The value as a number, or as a text; NULL where it is missing. */
  value: string;
  /** True where the foreign table has a value that is not there as a number. */
  isWrong: string;
}

/** Words that tables have where a value is missing. */
export const MISSING_WORDS: readonly string[] = ['', 'null', 'none', 'na', 'n/a', '<na>'];
const MISSING = MISSING_WORDS.map(quoteLiteral).join(', ');
const TEXT_LIMIT = 100_000;
const PATH_LIMIT = 4096;
const WITHOUT_NUL = 'It may not hold the character NUL.';
const hasNul = (value: string) => `contains(${value}, chr(0))`;
const LARGEST = 1_000_000_000;

/** How a foreign value is read. @param isText true where the table has texts only */
export function rowValue(column: PlannedColumn, raw: string, isText: boolean): RowValue {
  if (column.type === 'VARCHAR')
    return {
      column,
      raw,
      value: `nullif(CAST(${raw} AS VARCHAR), '')`,
      isWrong: 'false',
    };
  const given = isText ? `CAST(${raw} AS VARCHAR)` : raw;
  const isMissing = isText
    ? `(${given} IS NULL OR lower(trim(${given})) IN (${MISSING}))`
    : `(${given} IS NULL)`;
  const number = `TRY_CAST(${given} AS DOUBLE)`;
  return {
    column,
    raw,
    value: isText ? `CASE WHEN NOT ${isMissing} THEN ${number} END` : number,
    isWrong: `(NOT ${isMissing} AND ${number} IS NULL)`,
  };
}

/** The rules for the rows of a table, the first broken one counts. */
export function rowRules(values: readonly RowValue[], isJson: boolean): RowRule[] {
  const rules: RowRule[] = [];
  const add = (raw: string | null, column: string | null, message: string, isBroken: string) =>
    rules.push({
      column,
      message,
      isBroken,
      value: `left(CAST(${raw ?? 'whole'} AS VARCHAR), 200)`,
    });
  if (isJson) add(null, null, 'A line has to be one JSON object.', 'whole IS NOT NULL');
  for (const { column, raw, value, isWrong } of values) {
    const rule = (message: string, isBroken: string) => add(raw, column.from, message, isBroken);
    switch (column.kind) {
      case 'path':
      case 'key':
        rule(`The ${column.kind} may not be empty.`, `${value} IS NULL`);
        rule(
          `The ${column.kind} may have ${PATH_LIMIT} characters at most.`,
          `length(${value}) > ${PATH_LIMIT}`,
        );
        rule(WITHOUT_NUL, hasNul(value));
        break;
      case 'uid':
        rule(
          'The uid has to be 32 hexadecimal digits.',
          `coalesce(NOT regexp_full_match(lower(${value}), '[0-9a-f]{32}'), true)`,
        );
        break;
      case 'number':
        rule('It has to be a number.', isWrong);
        if (column.type === 'BIGINT')
          rule(
            `It has to be a whole number from 1 to ${LARGEST}.`,
            `isfinite(${value}) AND (${value} < 1 OR ${value} > ${LARGEST} OR ${value} <> floor(${value}))`,
          );
        else rule('It has to be above 0.', `isfinite(${value}) AND ${value} <= 0`);
        break;
      case 'score':
        rule('It has to be a number.', isWrong);
        break;
      case 'caption':
      case 'text':
        rule(
          `A text may have ${TEXT_LIMIT} characters at most.`,
          `length(${value}) > ${TEXT_LIMIT}`,
        );
        rule(WITHOUT_NUL, hasNul(value));
    }
  }
  return rules;
}
