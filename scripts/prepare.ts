import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { migrate } from '#lib/platform/database/migrate.ts';
import { describeDatabase } from '#lib/platform/database/url.ts';
import { withProgress } from './progress.ts';

/** A database that is started together with Winnow gets this long to answer. */
const DATABASE_WAIT_MS = 20_000;

/** Waits for the database within bounds and brings it to this version. */
export async function prepareDatabase(url: string): Promise<void> {
  const deadline = Date.now() + DATABASE_WAIT_MS;
  await withProgress(`Preparing the database ${describeDatabase(url)}`, async () => {
    for (;;) {
      try {
        return await migrate(url);
      } catch (error) {
        const isAbsent = error instanceof AppError && error.data.reason === 'database-unreachable';
        if (!isAbsent || Date.now() > deadline) throw error;
        await wait(500);
      }
    }
  });
}

const setup = z.object({ lines: z.array(z.string()) });

/**
 * Runs `winnow setup`, which brings in the demo and makes the first admin's link.
 *
 * @returns the lines that it wants the person to read.
 */
export async function readSetupLines(): Promise<string[]> {
  const child = spawn(process.execPath, ['cli/main.ts', 'setup', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // Its progress is told in words; the log would stand between them.
    env: { ...process.env, LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn' },
  });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  if (code !== 0) {
    throw new AppError('UNAVAILABLE', `The first set-up failed (exit ${code}): see above.`);
  }
  return setup.parse(JSON.parse(output)).lines;
}
