// npm start and npm run dev: everything under one supervisor. Database, migrations, first links,
// build, web server, worker; then it waits for Ctrl-C and stops them in order.
import { AppError } from '#lib/core/errors.ts';
import { startEmbedded } from '#lib/platform/database/embedded/server.ts';
import { databaseUrl } from '#lib/platform/database/url.ts';
import { environment } from '#lib/platform/env.ts';
import { findPortProblem } from '#lib/platform/ports.ts';
import { ensureBuild } from './build.ts';
import { holdDataFolder } from './data-folder.ts';
import { partOfDatabase, startWeb, startWorker, untilAnswering } from './parts.ts';
import { prepareDatabase, readSetupLines } from './prepare.ts';
import { withProgress } from './progress.ts';
import { keepRunning, type Part, type Supervised } from './supervise.ts';

/** In this order, so that each still has what it needs; together under the 30 seconds of a stop. */
const STOP_LIMITS_MS = { 'web server': 14_000, worker: 9_000, database: 5_000 };
type PartName = keyof typeof STOP_LIMITS_MS;

const isDevelopment = process.argv.includes('--dev');
const running = new Map<PartName, Supervised>();
let databaseStart: Promise<unknown> = Promise.resolve();
let releaseFolder = () => {};
let isStopping = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
await start().catch(fail);

async function start(): Promise<void> {
  const { dataDir, host, port, publicUrl, databaseUrl: own } = environment();
  releaseFolder = holdDataFolder(dataDir);
  const problem = await findPortProblem(port, host);
  if (problem !== undefined) throw new AppError('CONFLICT', problem);
  if (own === undefined) {
    const startPart = async () => partOfDatabase(await startEmbedded({ dataDir }));
    databaseStart = withProgress('Starting the database', async () =>
      keep('database', await startPart(), startPart),
    );
    await databaseStart;
  }
  await prepareDatabase(databaseUrl());
  const lines = await withProgress('Preparing the first study', readSetupLines);
  if (!isDevelopment) await ensureBuild();
  if (isStopping) return;

  const startPart = () => startWeb({ host, port, isDevelopment });
  const web = startPart();
  keep('web server', web, async () => startPart());
  keep('worker', startWorker({ isDevelopment }), async () => startWorker({ isDevelopment }));
  await withProgress('Starting the web server', () => untilAnswering(host, port, web.ended));
  console.log(['', `Winnow runs at ${publicUrl}`, ...lines, 'Ctrl-C stops it.', ''].join('\n'));
}

function keep(name: PartName, first: Part, again: () => Promise<Part>): void {
  running.set(
    name,
    keepRunning(name, first, again, (line) => console.error(line)),
  );
}

function onSignal(): void {
  if (isStopping) {
    for (const part of running.values()) part.kill();
    releaseFolder();
    process.exit(130);
  }
  isStopping = true;
  console.log('\nStopping (Ctrl-C again ends everything at once)...');
  void stopAll().then(() => process.exit(0));
}

async function stopAll(): Promise<void> {
  await databaseStart.catch(() => undefined);
  for (const [name, limitMs] of Object.entries(STOP_LIMITS_MS)) {
    await running.get(name as PartName)?.stop(limitMs);
  }
  releaseFolder();
}

async function fail(error: unknown): Promise<void> {
  // What fails because everything is being stopped is no news.
  if (isStopping) return;
  isStopping = true;
  console.error(error instanceof AppError ? `\n${error.message}` : error);
  await stopAll();
  process.exit(1);
}
