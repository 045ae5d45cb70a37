// The one command, without a browser: what it keeps, and how it ends.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { startWinnow } from './start-winnow.ts';

const STOP_LIMIT_MS = 30_000;
const SECOND_START_LIMIT_MS = 15_000;

const dataDir = mkdtempSync(join(tmpdir(), 'winnow-start-'));
test.afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

/** One request on a connection of its own: its status, or 'refused' when nobody took it. */
function ask(url: string): Promise<number | 'refused'> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { agent: false }, (response) => {
      response.once('error', reject);
      response.once('end', () => resolve(response.statusCode ?? 0));
      response.resume();
    });
    asking.once('error', (error: NodeJS.ErrnoException) =>
      // A connection that the system still held in its queue was accepted by nobody.
      ['ECONNREFUSED', 'ECONNRESET'].includes(error.code ?? '')
        ? resolve('refused')
        : reject(error),
    );
    asking.end();
  });
}

test('R5 SIGTERM under load: what was accepted is answered, within 30 seconds', async () => {
  const winnow = await startWinnow(dataDir);
  const answers: (number | 'refused')[] = [];
  const warm = Promise.withResolvers<void>();
  const client = async () => {
    while (answers.at(-1) !== 'refused') {
      answers.push(await ask(`${winnow.url}/api/health`));
      if (answers.length === 100) warm.resolve();
    }
  };
  const clients = Promise.all(Array.from({ length: 8 }, client));
  await warm.promise;
  const start = Date.now();
  const exitCode = await winnow.stop('SIGTERM');
  await clients;
  expect(exitCode).toBe(0);
  expect(Date.now() - start).toBeLessThan(STOP_LIMIT_MS);
  expect(new Set(answers)).toEqual(new Set([200, 'refused']));
});

test('a second start takes seconds, also after kill -9 of everything', async () => {
  const killed = await startWinnow(dataDir);
  const postmaster = readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0];
  process.kill(Number(postmaster), 'SIGKILL');
  await killed.stop('SIGKILL');

  const start = Date.now();
  const again = await startWinnow(dataDir);
  expect(Date.now() - start).toBeLessThan(SECOND_START_LIMIT_MS);
  expect(await ask(`${again.url}/api/health`)).toBe(200);
  expect(await again.stop('SIGINT')).toBe(0);
});
