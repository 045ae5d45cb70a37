import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { startEmbedded } from '#lib/platform/database/embedded/server.ts';
import { migrate } from '#lib/platform/database/migrate.ts';
import { findFreePort } from '#lib/platform/ports.ts';
import { ensureBuild } from '#scripts/build.ts';
import { type LoopDelay, loopDelaySchema } from './loop-delay.ts';

export interface WebServer {
  readonly url: string;
  readonly databaseUrl: string;
  readonly secret: string;
  /** Processes of the web server, and of the database. */
  readonly pids: { readonly web: number; readonly database: number };
  /** How long the web server's event loop stood still since the last call, if it was asked to watch. */
  loopDelay(): Promise<LoopDelay>;
  /** Sends SIGTERM to the web server alone and waits for its end. @returns its exit code. */
  stopWeb(): Promise<number | null>;
  stop(): Promise<void>;
}

const LOOP_WATCH = 'tests/factories/loop-watch.ts';
const POLL_MS = 50;
const START_LIMIT_MS = 30_000;

export interface WebServerOptions {
  /** Measures the event loop of the web server from inside. */
  readonly watchesLoop?: boolean;
}

/** The production web server over a database of its own, without worker and demo. */
export async function startWebServer(
  dataDir: string,
  { watchesLoop = false }: WebServerOptions = {},
): Promise<WebServer> {
  await ensureBuild();
  const database = await startEmbedded({ dataDir });
  await migrate(database.url);
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const secret = 'a secret for tests, long enough to sign with';
  const web = spawn(
    process.execPath,
    ['node_modules/next/dist/bin/next', 'start', '--port', String(port), '--hostname', '127.0.0.1'],
    {
      stdio: ['ignore', 'ignore', 'inherit', ...(watchesLoop ? (['ipc'] as const) : [])],
      env: {
        ...process.env,
        NODE_ENV: 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        DATABASE_URL: database.url,
        WINNOW_DATA_DIR: dataDir,
        WINNOW_URL: url,
        WINNOW_SECRET: secret,
        LOG_LEVEL: 'error',
        ...(watchesLoop ? { NODE_OPTIONS: `--import=${resolve(LOOP_WATCH)}` } : {}),
      },
    },
  );
  const stopWeb = async () => {
    if (web.exitCode === null && web.signalCode === null) {
      web.kill('SIGTERM');
      await once(web, 'exit');
    }
    return web.exitCode;
  };
  const stop = async () => {
    await stopWeb();
    await database.stop();
  };
  try {
    await untilAnswering(`${url}/api/health?live`);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url,
    databaseUrl: database.url,
    secret,
    loopDelay: async () => {
      web.send('read');
      const [delay] = await once(web, 'message');
      return loopDelaySchema.parse(delay);
    },
    pids: { web: web.pid ?? 0, database: database.pid },
    stopWeb,
    stop,
  };
}

async function untilAnswering(url: string): Promise<void> {
  const deadline = Date.now() + START_LIMIT_MS;
  for (;;) {
    try {
      await (await fetch(url)).body?.cancel();
      return;
    } catch (cause) {
      if (Date.now() > deadline) throw new Error(`Nothing answers at ${url}.`, { cause });
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
}
