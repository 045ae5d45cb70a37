import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One folder of `prisma/migrations`. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the script, hexadecimal: what Prisma's own tools store. */
  readonly checksum: string;
}

/** The migrations of this version, oldest first. */
export function readMigrations(folder: string): Migration[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted()
    .map((name) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

/** The names still to be applied, or why this version must not touch the database. */
export type MigrationPlan =
  | { readonly kind: 'apply'; readonly names: readonly string[] }
  | { readonly kind: 'unknown'; readonly name: string }
  | { readonly kind: 'edited'; readonly name: string };

/** Compares what a database has had applied with what this version brings. */
export function planMigrations(
  known: readonly Pick<Migration, 'name' | 'checksum'>[],
  applied: readonly Pick<Migration, 'name' | 'checksum'>[],
): MigrationPlan {
  const checksums = new Map(known.map(({ name, checksum }) => [name, checksum]));
  for (const { name, checksum } of applied) {
    if (!checksums.has(name)) return { kind: 'unknown', name };
    if (checksums.get(name) !== checksum) return { kind: 'edited', name };
  }
  const done = new Set(applied.map(({ name }) => name));
  return { kind: 'apply', names: known.map(({ name }) => name).filter((name) => !done.has(name)) };
}
