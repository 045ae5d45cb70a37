type Value = string | number | boolean | null;

/**
 * One CSV line (RFC 4180) with its line end. Text that a spreadsheet would run as a formula gets a
 * leading apostrophe; numbers are written as they are.
 */
export function csvLine(values: readonly Value[]): string {
  return `${values.map(csvValue).join(',')}\r\n`;
}

/** A value as it stands in a CSV file. */
export function csvValue(value: Value): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
