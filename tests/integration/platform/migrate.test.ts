import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { migrate } from '#lib/platform/database/migrate.ts';
import { openTestDatabase } from '#tests/factories/database.ts';

const folder = mkdtempSync(join(tmpdir(), 'winnow-migrations-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function addMigration(name: string, sql: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'migration.sql'), sql);
}

test('the newest migration was made from the schema as it is', () => {
  const newest = readdirSync('prisma/migrations').toSorted().at(-1) ?? '';
  expect(readFileSync(join('prisma/migrations', newest, 'schema.prisma'), 'utf8')).toBe(
    readFileSync('prisma/schema.prisma', 'utf8'),
  );
});

const { url, client } = await openTestDatabase({ content: 'empty' });
const foreign = await openTestDatabase({ content: 'empty' });

describe('R7 migrations converge', () => {
  test('several starts at once apply each migration once', async () => {
    addMigration('1_one', 'create table one (id int); insert into one values (1);');
    addMigration('2_two', 'create table two (id int);');
    const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(url, folder)));
    expect(applied.flat().toSorted()).toEqual(['1_one', '2_two']);
    expect(await client.$queryRaw`select id from one`).toEqual([{ id: 1 }]);
  });

  test('a migration that fails half-way leaves nothing, and converges when it is run again', async () => {
    addMigration('3_three', 'create table three (id int); selekt 1;');
    await expect(migrate(url, folder)).rejects.toThrow('3_three failed and was undone');
    expect(await client.$queryRaw`select to_regclass('three')::text as name`).toEqual([
      { name: null },
    ]);
    addMigration('3_three', 'create table three (id int);');
    expect(await migrate(url, folder)).toEqual(['3_three']);
    expect(await migrate(url, folder)).toEqual([]);
  });

  test('an edited migration and a newer database are refused in one sentence', async () => {
    addMigration('2_two', 'create table two (id bigint);');
    await expect(migrate(url, folder)).rejects.toThrow(
      'made by another Winnow (its migration 2_two',
    );
    addMigration('2_two', 'create table two (id int);');
    rmSync(join(folder, '3_three'), { recursive: true });
    await expect(migrate(url, folder)).rejects.toThrow('made by a newer Winnow');
  });
});

test('a database that holds something else is left alone', async () => {
  await foreign.client.$executeRaw`create table invoices (id int)`;
  await expect(migrate(foreign.url)).rejects.toThrow('holds tables of another program');
});

test('a database that does not answer is named without its password', async () => {
  const migrating = migrate('postgresql://me:hidden@127.0.0.1:1/winnow');
  await expect(migrating).rejects.toThrow(/^The database 127\.0\.0\.1:1\/winnow can't be reached/);
  await expect(migrating).rejects.not.toThrow('hidden');
});
