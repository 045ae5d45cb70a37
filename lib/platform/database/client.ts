import { PrismaPg } from '@prisma/adapter-pg';
import { environment } from '../env.ts';
import { logger } from '../log.ts';
import { Prisma, PrismaClient } from './generated/client.ts';
import { SQL_STATE, sqlState } from './sql-state.ts';
import { statementNamer } from './statement-names.ts';
import { databaseUrl } from './url.ts';

export { Prisma, PrismaClient } from './generated/client.ts';

/** The client inside a transaction. */
export type Transaction = Prisma.TransactionClient;

const CONNECT_LIMIT_MS = 10_000;
const TRANSACTION_WAIT_LIMIT_MS = 10_000;
const TRANSACTION_LIMIT_MS = 30_000;
const CONFLICT_TRIES = 5;

// On the process, not the module: Next's bundler makes several copies of a module, and each would
// bring a pool of its own.
const shared = globalThis as { winnowDatabase?: PrismaClient };

/** The database of this process, connected on first use. */
export function database(): PrismaClient {
  shared.winnowDatabase ??= openDatabase(databaseUrl(), environment().databasePoolSize);
  return shared.winnowDatabase;
}

/** A client of any database; its owner calls `$disconnect`. */
export function openDatabase(url: string, poolSize: number): PrismaClient {
  const report = (error: Error) => logger('database').warn({ err: error }, 'connection lost');
  return new PrismaClient({
    adapter: new PrismaPg(
      {
        connectionString: url,
        max: poolSize,
        connectionTimeoutMillis: CONNECT_LIMIT_MS,
        // Prisma writes and reads times without their zone, which is right in UTC alone.
        options: '-c TimeZone=UTC',
      },
      // A lost idle connection is replaced on the next query; without a listener it ends the process.
      {
        onPoolError: report,
        onConnectionError: report,
        statementNameGenerator: statementNamer(),
      },
    ),
    transactionOptions: { maxWait: TRANSACTION_WAIT_LIMIT_MS, timeout: TRANSACTION_LIMIT_MS },
  });
}

export interface TransactionSettings {
  readonly database?: PrismaClient;
  readonly isolation?: Prisma.TransactionIsolationLevel;
}

/**
 * Runs several statements as one: all or nothing. When PostgreSQL ends it for a deadlock or a
 * serialization conflict, it is run again, so `run` must have no effect outside the transaction.
 */
export async function withTransaction<T>(
  run: (transaction: Transaction) => Promise<T>,
  settings: TransactionSettings = {},
): Promise<T> {
  const client = settings.database ?? database();
  const options = settings.isolation ? { isolationLevel: settings.isolation } : {};
  for (let tries = 1; ; tries++) {
    try {
      return await client.$transaction(run, options);
    } catch (error) {
      if (tries === CONFLICT_TRIES || !isConflict(error)) throw error;
    }
  }
}

/** P2034: a conflict that Prisma meets itself, at the commit for one. */
function isConflict(error: unknown): boolean {
  const state = sqlState(error);
  return (
    state === SQL_STATE.serializationFailure ||
    state === SQL_STATE.deadlock ||
    (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2034')
  );
}
