import { expectDatabase } from '#lib/platform/database/expect-database.ts';
import { closePlatform } from '#lib/platform/platform.ts';

/** The exit status of a program that Ctrl-C ended. */
const INTERRUPTED = 130;

/**
 * Runs a command that needs the database; all doors are closed in the end. The first Ctrl-C aborts the
 * signal, so that the command can leave things in order; the second ends the process.
 */
export async function withDatabase<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stopping = new AbortController();
  const stop = () => {
    if (stopping.signal.aborted) process.exit(INTERRUPTED);
    stopping.abort(new Error('The command was stopped.'));
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    await expectDatabase();
    return await run(stopping.signal);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await closePlatform();
  }
}
