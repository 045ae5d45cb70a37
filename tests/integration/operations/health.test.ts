import { expect, test } from 'vitest';
import { readHealth } from '#lib/operations/health.ts';
import { openDatabase } from '#lib/platform/database/client.ts';
import { openQueue } from '#lib/platform/queue.ts';
import { openTestDatabase } from '#tests/factories/database.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';

const platform = await openTestPlatform();
const empty = await openTestDatabase({ content: 'empty' });

test('is ready once migrations and the queue are there', async () => {
  const url = platform.environment.databaseUrl ?? '';
  await platform.database.$executeRaw`drop schema if exists pgboss cascade`;
  expect(await readHealth(platform)).toEqual({
    isReady: false,
    checks: { database: true, migrations: true, queue: false },
  });
  await (await openQueue({ url, role: 'sender', poolSize: 1 })).stop();
  expect((await readHealth(platform)).isReady).toBe(true);
});

test('a database of nobody is not ready', async () => {
  const { checks } = await readHealth({ ...platform, database: empty.client });
  expect(checks).toEqual({ database: true, migrations: false, queue: false });
});

test('an unreachable database is not ready, and says so in time', async () => {
  const database = openDatabase('postgresql://nobody@127.0.0.1:1/none', 1);
  const { isReady, checks } = await readHealth({ ...platform, database });
  await database.$disconnect();
  expect(isReady).toBe(false);
  expect(checks.database).toBe(false);
});
