import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { holdDataFolder } from './data-folder.ts';

const root = mkdtempSync(join(tmpdir(), 'winnow-folder-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('a held folder is refused, naming the process, until it is given back', () => {
  const folder = join(root, 'a');
  const release = holdDataFolder(folder);
  expect(() => holdDataFolder(folder)).toThrow(
    `already runs on ${folder} (process ${process.pid})`,
  );
  release();
  holdDataFolder(folder)();
});

test.each([
  ['a process that is gone', JSON.stringify({ pid: 2 ** 22 + 1, startedAt: '1' })],
  [
    'a process id that something else has now',
    JSON.stringify({ pid: process.pid, startedAt: '1' }),
  ],
  ['a lock that a crash cut off', '{"pid":'],
])('the lock of %s is taken over', (_, content) => {
  const folder = mkdtempSync(join(root, 'stale-'));
  writeFileSync(join(folder, 'winnow.pid'), content);
  holdDataFolder(folder)();
  expect(existsSync(join(folder, 'winnow.pid'))).toBe(false);
});

test('a folder of another layout is refused and not held', () => {
  const folder = mkdtempSync(join(root, 'newer-'));
  writeFileSync(join(folder, 'winnow.json'), '{"layout":99}');
  expect(() => holdDataFolder(folder)).toThrow('is of another Winnow (layout 99; this one uses 1)');
  expect(existsSync(join(folder, 'winnow.pid'))).toBe(false);
});

test('a folder that cannot be made is refused in a sentence', () => {
  const file = join(root, 'file');
  writeFileSync(file, '');
  expect(() => holdDataFolder(join(file, 'data'))).toThrow("can't be written");
});
