import { quoteIdentifier, quoteLiteral } from '#lib/platform/tables/sql.ts';
import type { RowFormat } from '../sources/source-file.ts';
import type { FileColumns } from './file-columns.ts';
import type { PlannedColumn } from './plan-columns.ts';
import { rowReader } from './readers.ts';
import { type RowRule, rowRules, rowValue } from './row-rules.ts';

/** The columns of a staged file beside the canonical ones: its place, and the rule that a row breaks. */
export const PLACE_COLUMNS = ['_file', '_row'] as const;
/** Of a row that the reader itself could not make out. */
export const UNREADABLE = -1;

export interface StagedInput {
  path: string;
  readAs: RowFormat;
  fileColumns: FileColumns;
  planned: readonly PlannedColumn[];
  /** Its number in the list of files. */
  file: number;
  output: string;
  /** For the rows that the reader could not make out; null for Parquet, which has none. */
  rejected: string | null;
}

export interface StagedStatements {
  statements: string[];
  rules: RowRule[];
}

/**
 * The statements that read one foreign file into one of ours: canonical columns, numbers as they are
 * (NaN as NaN), `_file`, `_row`, and for a refused row `_fault` (the rule's place) and `_value`.
 */
export function stageStatements(input: StagedInput): StagedStatements {
  const { path, readAs, fileColumns, planned, file, output, rejected } = input;
  const read = planned.filter(({ from }) => from !== null);
  const reader = rowReader(
    path,
    readAs,
    fileColumns,
    read.map(({ from }) => from ?? ''),
  );
  const types = new Map(fileColumns.columns.map((column) => [column.name, column]));
  const values = read.map((column, index) => {
    const isText = reader.isText || types.get(column.from ?? '')?.isNumeric === false;
    return rowValue(column, `r${index}`, isText);
  });
  const givenBy = (kind: string) => values.find(({ column }) => column.kind === kind)?.value;
  const key = givenBy('key') ?? givenBy('path') ?? 'NULL';
  const selected = planned.map((column) => {
    const given = values.find((value) => value.column === column)?.value;
    const name = quoteIdentifier(column.name);
    if (column.kind === 'uid') return `${given ? `lower(${given})` : `md5(${key})`} AS ${name}`;
    return `${given} AS ${name}`;
  });
  const rules = rowRules(values, readAs === 'jsonl');
  const cases = (give: (rule: RowRule, index: number) => string) =>
    `CASE ${rules.map((rule, index) => `WHEN ${rule.isBroken} THEN ${give(rule, index)}`).join(' ')} END`;
  const statements = [
    `COPY (SELECT ${selected.join(', ')}, ${file} AS _file, row AS _row,
        ${cases((_, index) => String(index))} AS _fault, ${cases(({ value }) => value)} AS _value
      FROM (${reader.statement})) TO ${quoteLiteral(output)} (FORMAT parquet)`,
  ];
  const headerLines = readAs === 'csv' ? 1 : 0;
  if (rejected !== null)
    statements.push(
      `COPY (SELECT ${file} AS _file, line - ${headerLines} AS _row, ${UNREADABLE} AS _fault,
          left(first(csv_line), 200) AS _value
        FROM reject_errors GROUP BY line) TO ${quoteLiteral(rejected)} (FORMAT parquet)`,
    );
  return { statements, rules };
}
