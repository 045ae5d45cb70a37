import { AppError } from '#lib/core/errors.ts';
import { environment } from '../env.ts';
import { connectionUrl, readConnection } from './embedded/connection.ts';

/**
 * The address of the database: `DATABASE_URL`, else the embedded server of the data folder, which
 * `npm start` runs.
 *
 * @throws AppError UNAVAILABLE before the first start of that server.
 */
export function databaseUrl(): string {
  const { databaseUrl: own, dataDir } = environment();
  if (own !== undefined) return own;
  const embedded = readConnection(dataDir);
  if (embedded !== undefined) return connectionUrl(embedded);
  throw new AppError(
    'UNAVAILABLE',
    `There is no database in ${dataDir} yet: run npm start first, or set DATABASE_URL.`,
    { reason: 'no-database' },
  );
}

/** An address without its password, for messages. */
export function describeDatabase(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}${port === '' ? '' : `:${port}`}${pathname}`;
}
