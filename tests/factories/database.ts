import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { openDatabase, type PrismaClient } from '#lib/platform/database/client.ts';

export interface TestDatabase {
  readonly url: string;
  readonly client: PrismaClient;
}

export interface TestDatabaseOptions {
  /** `empty`: nothing migrated, for tests of the migrations themselves. */
  readonly content?: 'migrated' | 'empty';
  readonly poolSize?: number;
}

/**
 * A database of its own for one test file, migrated and empty, which is dropped when the file is
 * done. Call it at the top of the file. Whoever opens further connections to it has to close them:
 * one that is still open in the end fails the file.
 */
export async function openTestDatabase({
  content = 'migrated',
  poolSize = 10,
}: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const serverUrl = inject('serverUrl');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const template = content === 'migrated' ? inject('templateName') : 'template1';
  await execute(serverUrl, `create database ${name} template ${template}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const client = openDatabase(url.href, poolSize);
  afterAll(async () => {
    await client.$disconnect();
    await dropWithLeakCheck(serverUrl, name);
  });
  return { url: url.href, client };
}

/** PostgreSQL itself waits up to five seconds for closing connections to go. */
async function dropWithLeakCheck(serverUrl: string, name: string): Promise<void> {
  try {
    await execute(serverUrl, `drop database ${name}`);
  } catch (cause) {
    const open = await execute(
      serverUrl,
      `select application_name, state, query from pg_stat_activity where datname = '${name}'`,
    );
    await execute(serverUrl, `drop database ${name} with (force)`);
    throw new Error(`Connections of this file are still open: ${JSON.stringify(open)}`, { cause });
  }
}

async function execute(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
