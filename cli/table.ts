export interface TableColumn {
  readonly title: string;
  /** Numbers stand right, words left. */
  readonly align: 'left' | 'right';
}

/** Lines of a table with aligned columns; control characters in cells become spaces. */
export function tableLines(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a name must not steer the terminal
  const clean = (cell: string) => cell.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
  const cells = [columns.map(({ title }) => title), ...rows.map((row) => row.map(clean))];
  const widths = columns.map((_, c) =>
    cells.reduce((most, row) => Math.max(most, (row[c] ?? '').length), 0),
  );
  return cells.map((row) =>
    columns
      .map(({ align }, c) => {
        const cell = row[c] ?? '';
        const width = widths[c] ?? 0;
        return align === 'right' ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
}
