import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

export const CLUSTER_USER = 'winnow';
const DATABASE_NAME = 'winnow';

const connection = z.object({ port: z.number().int(), password: z.string() });
/** What a process needs to reach the embedded server of a data folder. */
export type Connection = z.infer<typeof connection>;

const connectionFile = (dataDir: string) => join(dataDir, 'postgres.json');

/** The stored connection of a data folder's server, running or not; undefined before the first start. */
export function readConnection(dataDir: string): Connection | undefined {
  const path = connectionFile(dataDir);
  return existsSync(path) ? connection.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
}

/** Stores the connection for other processes of the same user, and replaces it in one step. */
export function writeConnection(dataDir: string, value: Connection): void {
  const draft = `${connectionFile(dataDir)}.new`;
  writeFileSync(draft, JSON.stringify(value), { mode: 0o600 });
  renameSync(draft, connectionFile(dataDir));
}

/** The address of a database of the embedded server. */
export function connectionUrl({ port, password }: Connection, database = DATABASE_NAME): string {
  return `postgresql://${CLUSTER_USER}:${password}@127.0.0.1:${port}/${database}`;
}
