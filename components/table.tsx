import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

export interface Column<Row> {
  key: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Numbers stand right, in figures of equal width. */
  isNumber?: boolean;
  /** Left out on narrow screens. */
  isMinor?: boolean;
}

export interface TableProps<Row> {
  /** Read out by screen readers. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string | number;
  /** Rows that stand back, because they are not to be relied on. */
  isFaint?: (row: Row) => boolean;
  className?: string;
}

/** Rows and columns; scrolls sideways by itself where the screen is narrow. */
export function Table<Row>({
  caption,
  columns,
  rows,
  rowKey,
  isFaint,
  className,
}: TableProps<Row>) {
  const shape = (column: Column<Row>) =>
    classNames(
      'px-3 first:pl-5 last:pr-5',
      column.isNumber && 'text-right tabular-nums',
      column.isMinor && 'hidden md:table-cell',
    );
  return (
    <div className={classNames('relative overflow-x-auto', className)}>
      <table className="w-full border-collapse text-left text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-y border-line bg-canvas text-xs font-medium text-ink-faint first:border-t-0">
            {columns.map((column) => (
              <th key={column.key} scope="col" className={classNames(shape(column), 'py-2')}>
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={rowKey(row)}
              className={classNames(
                'border-b border-line last:border-b-0',
                isFaint?.(row) && 'text-ink-faint',
              )}
            >
              {columns.map((column) => (
                <td
                  key={column.key}
                  className={classNames(
                    shape(column),
                    'py-3 align-middle',
                    column.isNumber && 'whitespace-nowrap',
                  )}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
