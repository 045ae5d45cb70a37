import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { POSTGRES_MAJOR } from '#lib/platform/database/embedded/binaries.ts';
import { clusterFolder } from '#lib/platform/database/embedded/cluster.ts';
import { type EmbeddedServer, startEmbedded } from '#lib/platform/database/embedded/server.ts';

// mkdtemp makes it mode 700: for root, this is the clone in /root that user postgres can't enter.
const dataDir = mkdtempSync(join(tmpdir(), 'winnow-embedded-'));
const cluster = clusterFolder(dataDir);
const servers: EmbeddedServer[] = [];

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(): Promise<EmbeddedServer> {
  const server = await startEmbedded({ dataDir });
  servers.push(server);
  return server;
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test('a new data folder gets a private server that keeps its data and its port', async () => {
  const first = await start();
  expect(readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim()).toBe(POSTGRES_MAJOR);
  expect(statSync(join(dataDir, 'postgres.json')).mode & 0o777).toBe(0o600);
  expect(await ask(first.url, 'show listen_addresses')).toEqual([
    { listen_addresses: '127.0.0.1' },
  ]);
  expect(await ask(first.url, 'show fsync')).toEqual([{ fsync: 'on' }]);
  await ask(first.url, 'create table kept as select 42 as answer');
  await first.stop();
  expect(existsSync(join(cluster, 'postmaster.pid'))).toBe(false);

  const second = await start();
  expect(second.url).toBe(first.url);
  expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
});

test('a wrong password is refused', async () => {
  const { url } = await start();
  await expect(ask(url.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toThrow('password');
});

test('a server that a killed supervisor left running is stopped first', async () => {
  const orphan = await start();
  const server = await start();
  await orphan.exited;
  expect(server.pid).not.toBe(orphan.pid);
  expect(await ask(server.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
});

test('a start after kill -9 recovers what was committed', async () => {
  const killed = await start();
  await ask(killed.url, 'update kept set answer = 43');
  process.kill(killed.pid, 'SIGKILL');
  await killed.exited;
  const server = await start();
  expect(await ask(server.url, 'select answer from kept')).toEqual([{ answer: 43 }]);
  await server.stop();
});

test('a process id that now belongs to something else is left alone', async () => {
  writeFileSync(join(cluster, 'postmaster.pid'), `${process.pid}\n${cluster}\n`);
  const server = await start();
  await server.stop();
});

test('a cluster of another PostgreSQL is refused in one sentence', async () => {
  writeFileSync(join(cluster, 'PG_VERSION'), '17\n');
  await expect(start()).rejects.toThrow(/of PostgreSQL 17, and this Winnow runs PostgreSQL 18/);
});
