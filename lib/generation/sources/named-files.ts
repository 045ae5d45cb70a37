import { posix } from 'node:path';

/**
 * Finds the files that a table names among those that are there: relative to the table, relative to
 * the top, or by a file name that only one of them has (the table came with files of one folder).
 *
 * @returns a function from the name in the table to the path, or null where there is no such file
 */
export function findNamed(
  table: string,
  paths: readonly string[],
): (name: string) => string | null {
  const there = new Set(paths);
  const byName = new Map<string, string | null>();
  for (const path of paths) {
    const name = posix.basename(path);
    byName.set(name, byName.has(name) ? null : path);
  }
  const folder = posix.dirname(table);
  return (name) => {
    const clean = posix.normalize(name.replaceAll('\\', '/'));
    const beside = posix.join(folder, clean);
    if (there.has(beside)) return beside;
    if (there.has(clean)) return clean;
    return byName.get(posix.basename(clean)) ?? null;
  };
}
