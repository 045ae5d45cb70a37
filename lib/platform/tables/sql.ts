/** A name as SQL writes it, whatever characters it holds. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as SQL writes it. */
export function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * The rows of Parquet files of equal columns, in the order of the files and of their rows: what may
 * stand behind `FROM`. The files have to be named to the call as well.
 */
export function parquetRows(paths: readonly string[]): string {
  return `read_parquet([${paths.map(quoteLiteral).join(', ')}])`;
}
