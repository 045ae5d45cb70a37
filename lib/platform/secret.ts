import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Environment, environment } from './env.ts';

let known: string | undefined;

/** The secret that signs sessions and media links: 32 characters or more, the same in all processes. */
export function serverSecret(): string {
  known ??= readSecret(environment());
  return known;
}

/**
 * `WINNOW_SECRET`, else the one kept in the data folder, which is made on first use. Two processes
 * that start at once agree: the file appears whole, under its name, or not at all.
 */
export function readSecret({ secret, dataDir }: Pick<Environment, 'secret' | 'dataDir'>): string {
  if (secret !== undefined) return secret;
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, 'secret');
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(path, 'utf8').trim();
}
