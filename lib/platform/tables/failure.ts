import { AppError, type ErrorData } from '#lib/core/errors.ts';
import type { ChildFailure } from '#lib/platform/child-process/child-worker.ts';

/** Why a call failed, in one word: `data.reason` of the AppError. */
export type TableFaultReason =
  /** A file is no table of the kind that it should be, or a value of it is not. */
  | 'BROKEN_FILE'
  /** The statement names what is not there, or does what the door does not allow. */
  | 'STATEMENT'
  | 'OUT_OF_REACH'
  | 'TOO_MANY_ROWS'
  | 'TOO_SLOW'
  | 'TOO_MUCH_MEMORY'
  | 'TOO_MUCH_SPACE'
  | 'CRASHED';

export function tableFault(
  code: AppError['code'],
  reason: TableFaultReason,
  message: string,
  data: ErrorData = {},
): AppError {
  return new AppError(code, message, { ...data, reason });
}

/** What DuckDB said, as an error of ours; `file`, `row` and `column` of the data where it told them. */
export function asTableError(text: string, statement: number | null): AppError {
  const message = text.split('\n')[0] ?? text;
  const at = statement === null ? {} : { statement };
  if (/no space left|ENOSPC/i.test(text))
    return new AppError('STORAGE_FULL', 'The disk is full; free some space and try again.');
  if (/max_temp_directory_size|failed to offload/i.test(text))
    return tableFault(
      'TOO_LARGE',
      'TOO_MUCH_SPACE',
      'The table needs more temporary space than it may use; give it in smaller parts.',
      at,
    );
  if (/^Out of Memory Error|std::bad_alloc|bad allocation/i.test(text))
    return tableFault(
      'TOO_LARGE',
      'TOO_MUCH_MEMORY',
      'The table needs more memory than it may use; give it in smaller parts.',
      at,
    );
  if (/^Permission Error/.test(text))
    return tableFault('FORBIDDEN', 'OUT_OF_REACH', `The statement may not do this: ${message}`, at);
  if (/^(Parser|Binder|Catalog|Not implemented) Error/i.test(text) && !/CSV|JSON/.test(message))
    return tableFault('BAD_INPUT', 'STATEMENT', message, at);
  return tableFault('BAD_INPUT', 'BROKEN_FILE', plainMessage(text), { ...at, ...placeOf(text) });
}

/** The first lines, which say what is wrong, without the hints to whoever writes SQL. */
function plainMessage(text: string): string {
  const [first = '', ...lines] = text.split('\n');
  const more = lines
    .slice(0, 2)
    .filter((line) => /^(Original Line|Error when|Expected)/.test(line));
  return [first.replace(/^[\w ]+ Error: /, ''), ...more].join(' ').slice(0, 600);
}

function placeOf(text: string): ErrorData {
  const file = /(?:in )?[Ff]ile ["']([^"'\n]+)["']/.exec(text) ?? /^\s*file = (.+)$/m.exec(text);
  const row = /\bon Line: (\d+)/i.exec(text) ?? /\bin (?:line|record\/value) (\d+)/i.exec(text);
  const column = /\bcolumn "([^"\n]+)"/i.exec(text) ?? /\bcolumn '([^'\n]+)'/i.exec(text);
  return {
    ...(file?.[1] === undefined ? {} : { file: file[1] }),
    ...(row?.[1] === undefined ? {} : { row: Number(row[1]) }),
    ...(column?.[1] === undefined ? {} : { column: column[1] }),
  };
}

/** What it means for a table when the process ended instead of answering. */
export function asTableFault(failure: ChildFailure): AppError {
  switch (failure.reason) {
    case 'CLOSED':
      return new AppError('UNAVAILABLE', 'The table tools are shut down.');
    case 'TOO_SLOW':
      return tableFault(
        'TOO_LARGE',
        'TOO_SLOW',
        `The table takes longer than ${failure.message}; give it in smaller parts.`,
      );
    case 'TOO_MUCH_MEMORY':
      return tableFault(
        'TOO_LARGE',
        'TOO_MUCH_MEMORY',
        'The table needs more memory than it may use; give it in smaller parts.',
      );
    case 'CRASHED':
      return tableFault(
        'BAD_INPUT',
        'CRASHED',
        'A file of the table crashes the reader; write it anew with another tool.',
        { detail: `${failure.message} ${failure.stderrTail.slice(-300)}`.trim() },
      );
  }
}
