import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { AppError } from '#lib/core/errors.ts';
import type { PrismaClient } from './client.ts';
import { type Migration, planMigrations, readMigrations } from './migration-files.ts';
import { describeDatabase } from './url.ts';

const MIGRATIONS_FOLDER = 'prisma/migrations';
/** Any number that no other program is likely to lock: "winnow" on a telephone's keys. */
const LOCK_KEY = 946669;
const CONNECT_LIMIT_MS = 10_000;
const OLDEST_SERVER = { number: 140_000, name: '14' };

/** The table in which Prisma's own tools keep the same facts, so that they go on working. */
const CREATE_TABLE = `
  create table if not exists _prisma_migrations (
    id varchar(36) primary key,
    checksum varchar(64) not null,
    finished_at timestamptz,
    migration_name varchar(255) not null,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz not null default now(),
    applied_steps_count integer not null default 0
  )`;

/**
 * Brings a database to this version. Safe to run at any time, also by several processes at once:
 * one works, the others wait and find nothing to do. Each migration is one transaction together
 * with its record, so that a kill in the middle leaves no half-applied one; a script must therefore
 * not hold statements that refuse a transaction, such as CREATE INDEX CONCURRENTLY.
 *
 * @returns the names of the migrations that were applied now.
 * @throws AppError UNAVAILABLE when the database does not answer, CONFLICT when it belongs to
 *   another version of Winnow or to another program.
 */
export async function migrate(url: string, folder = MIGRATIONS_FOLDER): Promise<string[]> {
  const client = await connect(url);
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK_KEY]);
    const migrations = readMigrations(folder);
    await checkOwnership(client, url);
    await client.query(CREATE_TABLE);
    const names = await pending(client, migrations, url);
    for (const migration of migrations) {
      if (names.includes(migration.name)) await apply(client, migration);
    }
    return [...names];
  } finally {
    await client.end();
  }
}

/** @throws AppError UNAVAILABLE when the database does not answer or refuses. */
export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    application_name: 'winnow-migrate',
  });
  // A lost connection also rejects the query in progress, which is where it is handled.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (cause) {
    const why = cause instanceof Error && cause.message !== '' ? cause.message : String(cause);
    // A server that answers with a refusal has a five-letter code; 57P03 is one that is starting.
    const code = cause instanceof pg.DatabaseError ? cause.code : undefined;
    const isRefusal = code !== undefined && code !== '57P03';
    throw new AppError(
      'UNAVAILABLE',
      isRefusal
        ? `The database ${describeDatabase(url)} refuses Winnow (${why}): check DATABASE_URL.`
        : `The database ${describeDatabase(url)} can't be reached (${why}): check DATABASE_URL and that the server runs.`,
      { reason: isRefusal ? 'database-refused' : 'database-unreachable' },
      { cause },
    );
  }
}

async function checkOwnership(client: pg.Client, url: string): Promise<void> {
  const { rows } = await client.query<{ version: number; is_foreign: boolean }>(`
    select current_setting('server_version_num')::int as version,
      to_regclass('_prisma_migrations') is null and exists (
        select 1 from information_schema.tables where table_schema = current_schema()
      ) as is_foreign`);
  const facts = rows[0];
  if (facts === undefined || facts.version < OLDEST_SERVER.number) {
    throw refusal(url, `is older than PostgreSQL ${OLDEST_SERVER.name}: use a newer server`);
  }
  if (facts.is_foreign) {
    throw refusal(url, 'holds tables of another program: give Winnow an empty database');
  }
}

/** Whether a database has had every migration of this version; nothing is changed. */
export async function isMigrated(
  database: PrismaClient,
  folder = MIGRATIONS_FOLDER,
): Promise<boolean> {
  const rows = await database.$queryRaw<Pick<Migration, 'name' | 'checksum'>[]>`
    select migration_name as name, checksum from _prisma_migrations
    where finished_at is not null and rolled_back_at is null`;
  const plan = planMigrations(readMigrations(folder), rows);
  return plan.kind === 'apply' && plan.names.length === 0;
}

async function pending(
  client: pg.Client,
  migrations: readonly Migration[],
  url: string,
): Promise<readonly string[]> {
  const { rows } = await client.query<Pick<Migration, 'name' | 'checksum'>>(`
    select migration_name as name, checksum from _prisma_migrations
    where finished_at is not null and rolled_back_at is null`);
  const plan = planMigrations(migrations, rows);
  if (plan.kind === 'unknown') {
    throw refusal(
      url,
      `was made by a newer Winnow (it has the migration ${plan.name}): start that version, or restore a backup from before it`,
    );
  }
  if (plan.kind === 'edited') {
    throw refusal(
      url,
      `was made by another Winnow (its migration ${plan.name} differs from this version's): start that version`,
    );
  }
  return plan.names;
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(sql);
    await client.query(
      `insert into _prisma_migrations
         (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       values ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback').catch(() => undefined);
    throw new Error(`The migration ${name} failed and was undone.`, { cause });
  }
}

function refusal(url: string, why: string): AppError {
  return new AppError('CONFLICT', `The database ${describeDatabase(url)} ${why}.`, {
    reason: 'database-version',
  });
}
