import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { AppError } from '#lib/core/errors.ts';
import { POSTGRES_MAJOR, postgresBinaries } from './binaries.ts';
import { CLUSTER_USER, readConnection, writeConnection } from './connection.ts';
import { postgresUser } from './os-user.ts';

export const clusterFolder = (dataDir: string) => join(dataDir, 'postgres');

/**
 * Makes the cluster of a data folder unless it is there. A start that was killed half-way leaves
 * only a draft, which the next one throws away.
 *
 * @returns the password of the cluster's user.
 * @throws AppError CONFLICT for a cluster of another PostgreSQL, or one whose password file is gone.
 */
export async function ensureCluster(dataDir: string): Promise<string> {
  const cluster = clusterFolder(dataDir);
  const known = readConnection(dataDir);
  if (existsSync(cluster)) {
    checkMajor(cluster);
    if (known !== undefined) return known.password;
    throw new AppError(
      'CONFLICT',
      `The data folder ${dataDir} has a database but no postgres.json with its password: restore that file from a backup.`,
      { reason: 'data-folder' },
    );
  }
  const password = randomBytes(24).toString('base64url');
  await initialise(cluster, password);
  writeConnection(dataDir, { port: 0, password });
  renameSync(`${cluster}.new`, cluster);
  return password;
}

function checkMajor(cluster: string): void {
  const file = join(cluster, 'PG_VERSION');
  const major = existsSync(file) ? readFileSync(file, 'utf8').trim() : 'unknown';
  if (major === POSTGRES_MAJOR) return;
  throw new AppError(
    'CONFLICT',
    `The database in ${cluster} is of PostgreSQL ${major}, and this Winnow runs PostgreSQL ${POSTGRES_MAJOR}: ` +
      'start the Winnow that made it, back it up there, and restore the backup here.',
    { reason: 'postgres-version' },
  );
}

async function initialise(cluster: string, password: string): Promise<void> {
  const { initdb } = await postgresBinaries();
  const user = postgresUser([initdb], cluster);
  const draft = `${cluster}.new`;
  const passwordFile = `${cluster}.password`;
  rmSync(draft, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user.owner) {
    chownSync(draft, user.owner.uid, user.owner.gid);
    chownSync(passwordFile, user.owner.uid, user.owner.gid);
  }
  const { program, args, options } = user.command(initdb, [
    `--pgdata=${draft}`,
    `--username=${CLUSTER_USER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Sorts and cases the same on every machine, whatever locales it has.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ]);
  try {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
    const [errors, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
    if (code !== 0) throw new Error(`initdb ended with ${code}: ${errors.trim()}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}
