import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '#lib/core/errors.ts';
import type { EmbeddedServer } from '#lib/platform/database/embedded/server.ts';
import { type Part, partOfProcess } from './supervise.ts';

const ANSWER_LIMIT_MS = 60_000;

export interface WebOptions {
  readonly host: string;
  readonly port: number;
  readonly isDevelopment: boolean;
}

/** Next's server; on SIGTERM it takes no new connections and finishes the requests it has. */
export function startWeb({ host, port, isDevelopment }: WebOptions): Part {
  const command = isDevelopment ? 'dev' : 'start';
  return startNode(
    ['node_modules/next/dist/bin/next', command, '--port', String(port), '--hostname', host],
    isDevelopment,
  );
}

export function startWorker({ isDevelopment }: Pick<WebOptions, 'isDevelopment'>): Part {
  return startNode(['workers/main.ts'], isDevelopment);
}

function startNode(args: readonly string[], isDevelopment: boolean): Part {
  const child = spawn(process.execPath, ['--import', './scripts/stop-with-parent.ts', ...args], {
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      NODE_ENV: isDevelopment ? 'development' : 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      WINNOW_SUPERVISOR: String(process.pid),
    },
  });
  return partOfProcess(child);
}

export function partOfDatabase(server: EmbeddedServer): Part {
  return {
    ended: server.exited.then(() => 'it stopped'),
    stop: (limitMs) => server.stop(limitMs),
    kill: () => server.kill(),
  };
}

/** Waits until the web server answers anything at all. */
export async function untilAnswering(
  host: string,
  port: number,
  ended: Promise<string>,
): Promise<void> {
  const address = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const url = `http://${address.includes(':') ? `[${address}]` : address}:${port}/api/health`;
  const isOver = ended.then((reason) => {
    throw new AppError('UNAVAILABLE', `The web server did not start (${reason}): see above.`);
  });
  await Promise.race([poll(url), isOver]);
}

async function poll(url: string): Promise<void> {
  const deadline = Date.now() + ANSWER_LIMIT_MS;
  for (;;) {
    try {
      await (await fetch(url, { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) })).body?.cancel();
      return;
    } catch (cause) {
      if (Date.now() > deadline) {
        throw new AppError('UNAVAILABLE', `Nothing answers at ${url}.`, {}, { cause });
      }
      await wait(50);
    }
  }
}
