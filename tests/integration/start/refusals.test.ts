import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, expect, inject, test } from 'vitest';
import { findFreePort } from '#lib/platform/ports.ts';

const root = mkdtempSync(join(tmpdir(), 'winnow-start-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Runs npm start's program until it ends, and gives what it says. */
async function start(environment: Record<string, string>): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, ['scripts/start.ts'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PORT: String(await findFreePort()),
      WINNOW_DATA_DIR: join(root, 'data'),
      ...environment,
    },
  });
  const [output, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code: Number(code), said: `${output}${errors}`.trim() };
}

test('a port in use is one sentence', async () => {
  const holder = createServer().listen(0, '0.0.0.0');
  await once(holder, 'listening');
  const address = holder.address();
  const port = typeof address === 'object' && address ? String(address.port) : '';
  const { code, said } = await start({ PORT: port });
  holder.close();
  expect({ code, said }).toEqual({
    code: 1,
    said: `Port ${port} is in use: stop what uses it, or set PORT.`,
  });
});

test('a wrong variable is one sentence', async () => {
  const { code, said } = await start({ PORT: 'web' });
  expect({ code, said }).toEqual({
    code: 1,
    said: 'The environment variable PORT has to be a port number from 1 to 65535.',
  });
});

test('a database that refuses is one sentence without the password', async () => {
  const url = new URL(inject('serverUrl'));
  url.password = 'hidden';
  const { code, said } = await start({ DATABASE_URL: url.href });
  expect(code).toBe(1);
  expect(said).toMatch(/^The database \S+ refuses Winnow \(.*\): check DATABASE_URL\.$/);
  expect(said).not.toContain('hidden');
});

test('a data folder of another version is one sentence', async () => {
  const folder = mkdtempSync(join(root, 'newer-'));
  writeFileSync(join(folder, 'winnow.json'), '{"layout":99}');
  const { code, said } = await start({ WINNOW_DATA_DIR: folder });
  expect(code).toBe(1);
  expect(said).toMatch(/^The data folder \S+ is of another Winnow .*\.$/);
});
