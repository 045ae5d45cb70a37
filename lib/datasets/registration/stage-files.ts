import { join } from 'node:path';
import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { SourceFile } from '../sources/source-file.ts';
import type { FileColumns } from './file-columns.ts';
import type { PlannedColumn } from './plan-columns.ts';
import { readColumns } from './read-columns.ts';
import type { RowRule } from './row-rules.ts';
import { stageStatements } from './stage-statement.ts';
import { withFile } from './with-file.ts';

/** Foreign files in our form: what all later steps read. */
export interface StagedFiles {
  /** Canonical columns with `_file`, `_row`, `_fault`, `_value`. */
  rows: string[];
  /** Rows that the reader could not make out: `_file`, `_row`, `_fault`, `_value`. */
  rejected: string[];
  rules: readonly RowRule[];
}

export interface StagingOptions {
  planned: readonly PlannedColumn[];
  folder: string;
  signal: AbortSignal;
  onFile(filesDone: number, rows: number): Promise<void>;
}

/**
 * Reads each file of a source once, into our form.
 *
 * @throws AppError with the file's name where it is broken or lacks a column
 */
export async function stageFiles(
  { tables }: Pick<Platform, 'tables'>,
  files: readonly SourceFile[],
  { planned, folder, signal, onFile }: StagingOptions,
): Promise<StagedFiles> {
  const staged = { rows: [] as string[], rejected: [] as string[], rules: [] as RowRule[] };
  let total = 0;
  for (const [index, file] of files.entries()) {
    await withFile(file, async (path) => {
      const fileColumns = await readColumns({ tables }, path, file.readAs, signal);
      expectColumns(planned, fileColumns, file.readAs === 'jsonl');
      const output = join(folder, `rows-${index}.parquet`);
      const rejected = file.readAs === 'parquet' ? null : join(folder, `bad-${index}.parquet`);
      const { statements, rules } = stageStatements({
        path,
        readAs: file.readAs,
        fileColumns,
        planned,
        file: index,
        output,
        rejected,
      });
      const outputs = rejected === null ? [output] : [output, rejected];
      const [rows = 0, bad = 0] = await tables.run(statements, {
        files: [path],
        outputs,
        signal,
      });
      staged.rows.push(output);
      if (rejected !== null && bad > 0) staged.rejected.push(rejected);
      staged.rules = rules;
      total += rows + bad;
    });
    await onFile(index + 1, total);
  }
  return staged;
}

function expectColumns(
  planned: readonly PlannedColumn[],
  { columns }: FileColumns,
  isJson: boolean,
): void {
  const known = new Map(columns.map((column) => [column.name, column]));
  for (const { from, kind, type } of planned) {
    if (from === null) continue;
    const column = known.get(from);
    // A field of JSON may be left out where it is empty, and is then found missing row by row.
    if (!column && isJson && kind !== 'path' && kind !== 'key' && kind !== 'uid') continue;
    if (!column)
      throw new AppError(
        'BAD_INPUT',
        `It has no column "${from}". Its columns are ${listed([...known.keys()])}.`,
        { reason: 'missing-column', column: from },
      );
    if (!column.isText && !column.isNumeric)
      throw new AppError(
        'BAD_INPUT',
        `Its column "${from}" is of type ${column.type}; ${type === 'VARCHAR' ? 'a text' : 'a number'} is needed.`,
        { reason: 'column-type', column: from },
      );
  }
}

function listed(names: readonly string[]): string {
  const some = names.slice(0, 30).map((name) => `"${name.slice(0, 60)}"`);
  return `${some.join(', ')}${names.length > 30 ? ` and ${names.length - 30} more` : ''}`;
}
