import type { Platform } from '#lib/platform/platform.ts';
import { parquetRows, quoteIdentifier } from '#lib/platform/tables/sql.ts';
import type { RowProblem, Validation } from '../schema.ts';
import type { OpenSource } from '../sources/source-file.ts';
import type { PlannedColumn } from './plan-columns.ts';
import type { StagedFiles } from './stage-files.ts';
import { UNREADABLE } from './stage-statement.ts';

const NAMED_PROBLEMS = 100;
const UNREADABLE_RULE = {
  column: null,
  message: 'The row has to have as many columns as the header, its quotes closed, in UTF-8.',
};

export interface RowValidation {
  validation: Validation;
  /** For each column how many of the accepted rows hold NaN or infinity. */
  notFinite: ReadonlyMap<string, number>;
}

/** Counts the rows and those that break a rule, and names the first hundred. */
export async function validateRows(
  { tables }: Pick<Platform, 'tables'>,
  { files, passedOver }: Pick<OpenSource, 'files' | 'passedOver'>,
  staged: StagedFiles,
  planned: readonly PlannedColumn[],
  signal: AbortSignal,
): Promise<RowValidation> {
  const all = [...staged.rows, ...staged.rejected];
  const call = { files: all, signal, limitSeconds: 600 };
  const places = (paths: readonly string[]) =>
    `SELECT _file, _row, _fault, _value FROM ${parquetRows(paths)} WHERE _fault IS NOT NULL`;
  const faults =
    staged.rejected.length === 0
      ? places(staged.rows)
      : `${places(staged.rows)} UNION ALL ${places(staged.rejected)}`;
  const numeric = planned.filter(({ type }) => type !== 'VARCHAR').map(({ name }) => name);
  const counts = numeric.map((name) => {
    const column = quoteIdentifier(name);
    return `count(*) FILTER (_fault IS NULL AND NOT isfinite(${column})) AS ${column}`;
  });
  const [totals = {}] = await tables.query(
    `SELECT ${['count(*) AS "all rows"', ...counts].join(', ')} FROM ${parquetRows(staged.rows)}`,
    call,
  );
  const reasons = await tables.query(
    `SELECT _fault, count(*) AS n FROM (${faults}) GROUP BY _fault ORDER BY n DESC, _fault`,
    call,
  );
  const named = await tables.query(
    `FROM (${faults}) ORDER BY _file, _row, _fault LIMIT ${NAMED_PROBLEMS}`,
    call,
  );
  const ruleOf = (fault: unknown) =>
    fault === UNREADABLE ? UNREADABLE_RULE : (staged.rules[Number(fault)] ?? UNREADABLE_RULE);
  const problems: RowProblem[] = named.map(({ _file, _row, _fault, _value }) => ({
    file: files[Number(_file)]?.name ?? '',
    row: Number(_row),
    column: ruleOf(_fault).column,
    // A NUL can't be kept in the database.
    value: _value === null ? null : String(_value).replaceAll('\0', '\u2400'),
    message: ruleOf(_fault).message,
  }));
  const unreadable = Number(reasons.find(({ _fault }) => _fault === UNREADABLE)?.n ?? 0);
  return {
    validation: {
      files: files.length,
      rows: Number(totals['all rows'] ?? 0) + unreadable,
      refused: reasons.reduce((sum, { n }) => sum + Number(n), 0),
      problems,
      reasons: reasons.map(({ _fault, n }) => {
        const { column, message } = ruleOf(_fault);
        return { column, message, rows: Number(n) };
      }),
      passedOver: [...passedOver],
    },
    notFinite: new Map(numeric.map((name) => [name, Number(totals[name] ?? 0)])),
  };
}
