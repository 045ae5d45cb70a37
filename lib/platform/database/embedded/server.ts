import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { AppError } from '#lib/core/errors.ts';
import { postgresBinaries } from './binaries.ts';
import { clusterFolder, ensureCluster } from './cluster.ts';
import { connectionUrl, readConnection, writeConnection } from './connection.ts';
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
  const port = await freePort(readConnection(dataDir)?.port ?? 0);
  const connection = { port, password };
  writeConnection(dataDir, connection);

  const child = await launch(options, port);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const server = {
    url: connectionUrl(connection),
    pid: child.pid ?? 0,
    exited,
    stop: (limitMs = FAST_STOP_LIMIT_MS) => stop(child, exited, limitMs),
    kill: () => {
      child.kill('SIGQUIT');
    },
  };
  try {
    await untilReady(connectionUrl(connection, 'postgres'), child);
    await ensureDatabase(connectionUrl(connection, 'postgres'));
  } catch (cause) {
    await server.stop();
    throw new AppError(
      'UNAVAILABLE',
      `The embedded PostgreSQL did not start: its reasons are at the end of ${logFile(dataDir)}.`,
      { reason: 'postgres-start' },
      { cause },
    );
  }
  return server;
}

const logFile = (dataDir: string) => join(dataDir, 'postgres.log');

async function launch({ dataDir, settings }: EmbeddedOptions, port: number): Promise<ChildProcess> {
  const { postgres } = await postgresBinaries();
  const cluster = clusterFolder(dataDir);
  const flags = Object.entries({ ...SETTINGS, port: String(port), ...settings });
  const { program, args, options } = postgresUser([postgres], cluster).command(postgres, [
    '-D',
    cluster,
    ...flags.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]);
  const log = openSync(logFile(dataDir), 'a', 0o600);
  try {
    // A process group of its own: Ctrl-C in the terminal must reach the supervisor alone, which
    // stops the database last.
    return spawn(program, args, { ...options, detached: true, stdio: ['ignore', log, log] });
  } finally {
    closeSync(log);
  }
}

/** A TCP port of this machine that nothing listens on: the wished one where that is free. */
async function freePort(wished: number): Promise<number> {
  const tryPort = (port: number) =>
    new Promise<number>((resolve, reject) => {
      const probe = createServer().once('error', reject);
      probe.listen(port, '127.0.0.1', () => {
        const address = probe.address();
        probe.close(() => resolve(typeof address === 'object' && address ? address.port : port));
      });
    });
  return tryPort(wished).catch(() => tryPort(0));
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_LIMIT_MS;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      throw new Error(`postgres ended with ${child.exitCode ?? child.signalCode ?? 'no process'}`);
    }
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    try {
      await client.connect();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await wait(30);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query("select 1 from pg_database where datname = 'winnow'");
    if (found.rowCount === 0) await client.query('create database winnow');
  } finally {
    await client.end();
  }
}

async function stop(child: ChildProcess, exited: Promise<void>, limitMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGQUIT'), limitMs);
  await exited;
  clearTimeout(timer);
}
