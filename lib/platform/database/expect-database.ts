import { AppError } from '#lib/core/errors.ts';
import { environment } from '../env.ts';
import { connect } from './migrate.ts';
import { databaseUrl } from './url.ts';

/**
 * Knocks at the database, so that a program that can't do without it says in a sentence why it stops.
 *
 * @throws AppError UNAVAILABLE
 */
export async function expectDatabase(): Promise<void> {
  try {
    await (await connect(databaseUrl())).end();
  } catch (error) {
    const { databaseUrl: own, dataDir } = environment();
    const isDown = error instanceof AppError && error.data.reason === 'database-unreachable';
    if (own !== undefined || !isDown) throw error;
    throw new AppError(
      'UNAVAILABLE',
      `The database in ${dataDir} does not run: run npm start first, or set DATABASE_URL.`,
      { reason: 'database-unreachable' },
      { cause: error },
    );
  }
}
