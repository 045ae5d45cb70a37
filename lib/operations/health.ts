import { setTimeout as wait } from 'node:timers/promises';
import { isMigrated } from '#lib/platform/database/migrate.ts';
import type { Platform } from '#lib/platform/platform.ts';

const LIMIT_MS = 3_000;

export interface Health {
  /** Whether this process can serve people now. */
  readonly isReady: boolean;
  readonly checks: Readonly<Record<'database' | 'migrations' | 'queue', boolean>>;
}

/** Asks the database three things, each within three seconds; says nothing about the reasons. */
export async function readHealth(platform: Pick<Platform, 'database' | 'log'>): Promise<Health> {
  const { database } = platform;
  const check = async (name: string, ask: () => Promise<boolean>): Promise<boolean> => {
    const stop = new AbortController();
    const tooLate = wait(LIMIT_MS, false, { signal: stop.signal });
    try {
      return await Promise.race([ask(), tooLate]);
    } catch (error) {
      platform.log.warn({ err: error, check: name }, 'not healthy');
      return false;
    } finally {
      tooLate.catch(() => undefined);
      stop.abort();
    }
  };
  const [isReachable, hasMigrations, hasQueue] = await Promise.all([
    check('database', async () => (await database.$queryRaw`select 1`) !== undefined),
    check('migrations', () => isMigrated(database)),
    check('queue', () => hasQueueTables(database)),
  ]);
  return {
    isReady: isReachable && hasMigrations && hasQueue,
    checks: { database: isReachable, migrations: hasMigrations, queue: hasQueue },
  };
}

/** The worker makes pg-boss's tables at its first start. */
async function hasQueueTables(database: Platform['database']): Promise<boolean> {
  const rows = await database.$queryRaw<{ is_there: boolean }[]>`
    select to_regclass('pgboss.job') is not null as is_there`;
  return rows[0]?.is_there === true;
}
