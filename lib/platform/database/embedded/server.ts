import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { AppError } from '#lib/core/errors.ts';
import { findFreePort } from '../../ports.ts';
import { postgresBinaries } from './binaries.ts';
import { clusterFolder, ensureCluster } from './cluster.ts';
import { type Connection, connectionUrl, readConnection, writeConnection } from './connection.ts';
import { stopOrphan } from './orphan.ts';
import { postgresUser } from './os-user.ts';

/** A running PostgreSQL of a data folder. */
export interface EmbeddedServer {
  readonly url: string;
  readonly pid: number;
  /** Resolves when the process has ended, wanted or not. */
  readonly exited: Promise<void>;
  /**
   * Ends open transactions and connections and stops; safe to call twice. When the time is over it
   * ends without writing out its memory, which the next start makes good from the log.
   */
  stop(limitMs?: number): Promise<void>;
  /** Ends it at once; the next start recovers. */
  kill(): void;
}

export interface EmbeddedOptions {
  readonly dataDir: string;
  /** Further `-c name=value` settings, for tests that give up durability for speed. */
  readonly settings?: Readonly<Record<string, string>>;
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '128MB',
  max_connections: '200',
  wal_compression: 'on',
  // Logged to a file of its own; times in it should match those of the other logs.
  log_timezone: 'UTC',
};
const START_LIMIT_MS = 120_000;
const START_TRIES = 5;
const RETRY_MS = 500;
const FAST_STOP_LIMIT_MS = 20_000;

/**
 * Starts the PostgreSQL of a data folder, made on first use, and waits until it answers. A server
 * that an earlier, killed supervisor left running is stopped first. The caller must hold the data
 * folder: two at once would stop each other's server.
 *
 * @throws AppError CONFLICT for a folder of another version, UNAVAILABLE when it does not start.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { dataDir } = options;
  mkdirSync(dataDir, { recursive: true });
  const password = await ensureCluster(dataDir);
  await stopOrphan(clusterFolder(dataDir));
  const port = await findFreePort(readConnection(dataDir)?.port);
  const connection = { port, password };
  writeConnection(dataDir, connection);
  for (let tries = 1; ; tries++) {
    const server = await launch(options, connection);
    try {
      await untilReady(clusterFolder(dataDir), server);
      await ensureDatabase(connectionUrl(connection, 'postgres'));
      return server;
    } catch (cause) {
      await server.stop();
      // Right after a kill -9 its last processes may still hold the cluster, for a moment.
      if (tries < START_TRIES) {
        await wait(RETRY_MS);
        continue;
      }
      throw new AppError(
        'UNAVAILABLE',
        `The embedded PostgreSQL did not start: its reasons are at the end of ${logFile(dataDir)}.`,
        { reason: 'postgres-start' },
        { cause },
      );
    }
  }
}

const logFile = (dataDir: string) => join(dataDir, 'postgres.log');

async function launch(
  { dataDir, settings }: EmbeddedOptions,
  connection: Connection,
): Promise<EmbeddedServer> {
  const { postgres } = await postgresBinaries();
  const cluster = clusterFolder(dataDir);
  const flags = Object.entries({ ...SETTINGS, port: String(connection.port), ...settings });
  const { program, args, options } = postgresUser([postgres], cluster).command(postgres, [
    '-D',
    cluster,
    ...flags.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]);
  const log = openSync(logFile(dataDir), 'a', 0o600);
  // A process group of its own: Ctrl-C in the terminal must reach the supervisor alone, which stops
  // the database last.
  const child = spawn(program, args, { ...options, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  let isRunning = true;
  const exited = new Promise<void>((resolve) => {
    for (const event of ['exit', 'error']) {
      child.once(event, () => {
        isRunning = false;
        resolve();
      });
    }
  });
  return {
    url: connectionUrl(connection),
    pid: child.pid ?? 0,
    exited,
    kill: () => {
      child.kill('SIGQUIT');
    },
    async stop(limitMs = FAST_STOP_LIMIT_MS) {
      if (!isRunning) return;
      child.kill('SIGINT');
      const timer = setTimeout(() => child.kill('SIGQUIT'), limitMs);
      await exited;
      clearTimeout(timer);
    },
  };
}

/** Waits for the server's own word in its pid file, so that its log keeps to what matters. */
async function untilReady(cluster: string, server: EmbeddedServer): Promise<void> {
  const deadline = Date.now() + START_LIMIT_MS;
  let hasEnded = false;
  void server.exited.then(() => {
    hasEnded = true;
  });
  while (!isReady(join(cluster, 'postmaster.pid'), server.pid)) {
    if (hasEnded) throw new Error('postgres ended');
    if (Date.now() > deadline) throw new Error('postgres is not ready in time');
    await wait(20);
  }
}

function isReady(pidFile: string, pid: number): boolean {
  if (!existsSync(pidFile)) return false;
  const lines = readFileSync(pidFile, 'utf8').split('\n');
  return lines[0] === String(pid) && lines[7]?.trim() === 'ready';
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  // A lost connection also rejects the query in progress, which is where it is handled.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const found = await client.query("select 1 from pg_database where datname = 'winnow'");
    if (found.rowCount === 0) await client.query('create database winnow');
  } finally {
    await client.end();
  }
}
