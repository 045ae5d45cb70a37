import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openWithin, type Reach, resolveWithin } from '#lib/platform/files/server-paths.ts';
import { walkFolder } from '#lib/platform/files/walk-folder.ts';
import { serverFiles } from './server-files.ts';

const home = mkdtempSync(join(tmpdir(), 'winnow-paths-'));
const root = join(home, 'root');
mkdirSync(join(root, 'a'), { recursive: true });
mkdirSync(join(home, 'secret'));
writeFileSync(join(root, 'a/x.mp4'), 'x');
writeFileSync(join(home, 'secret/key.mp4'), 'key');
symlinkSync(join(home, 'secret'), join(root, 'out'));
symlinkSync(join(home, 'secret/key.mp4'), join(root, 'a/out.mp4'));
symlinkSync(join(root, 'a/x.mp4'), join(root, 'in.mp4'));
symlinkSync(root, join(root, 'a/loop'));
symlinkSync(join(root, 'self'), join(root, 'self'));
execFileSync('mkfifo', [join(root, 'a/pipe.mp4')]);
afterAll(() => rmSync(home, { recursive: true }));

const within: Reach = { kind: 'import-roots', roots: [root] };
const anywhere: Reach = { kind: 'any' };

test('files and inner links are read within the roots', async () => {
  expect(await resolveWithin(join(root, 'in.mp4'), within)).toBe(join(root, 'a/x.mp4'));
  const handle = await openWithin(join(root, 'a/x.mp4'), within);
  expect(await handle.readFile('utf8')).toBe('x');
  await handle.close();
});

test.each([
  ['a path beside the roots', 'secret/key.mp4'],
  ['a path that climbs out', 'root/../secret/key.mp4'],
  ['a link to a file outside', 'root/a/out.mp4'],
  ['a file behind a link to a folder outside', 'root/out/key.mp4'],
  ['a path outside where nothing is', 'secret/nothing.mp4'],
  ['a folder whose name only starts like the root', 'root-2'],
])('%s is refused', async (_, path) => {
  await expect(openWithin(join(home, path), within)).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('without roots everything is refused', async () => {
  const none: Reach = { kind: 'import-roots', roots: [] };
  await expect(resolveWithin(root, none)).rejects.toThrow('switched off');
});

test('the person at the machine reads what that person may', async () => {
  const handle = await openWithin(join(root, 'a/out.mp4'), anywhere);
  expect(await handle.readFile('utf8')).toBe('key');
  await handle.close();
});

test.each([
  ['nothing', 'a/none.mp4', 'NOT_FOUND'],
  ['a pipe', 'a/pipe.mp4', 'BAD_INPUT'],
  ['a folder', 'a', 'BAD_INPUT'],
  ['a link to itself', 'self', 'BAD_INPUT'],
])('%s is refused without waiting', async (_, path, code) => {
  for (const reach of [within, anywhere])
    await expect(openWithin(join(root, path), reach)).rejects.toMatchObject({ code });
});

test('a walk finds files, follows inner links once and tells outer ones', async () => {
  const found = await Array.fromAsync(walkFolder(root, within));
  expect(found.toSorted((a, b) => a.path.localeCompare(b.path))).toEqual([
    { path: 'a/out.mp4', refusal: expect.stringContaining('WINNOW_IMPORT_ROOTS') },
    { path: 'a/pipe.mp4', refusal: null },
    { path: 'a/x.mp4', refusal: null },
    { path: 'in.mp4', refusal: null },
    { path: 'out', refusal: expect.stringContaining('WINNOW_IMPORT_ROOTS') },
    { path: 'self', refusal: expect.stringContaining('circle') },
  ]);
});

test('a file above the limit is refused, and no copy stays', async () => {
  const stagingDir = join(home, 'staging');
  const files = serverFiles({ folder: root, reach: within, stagingDir, maxBytes: 0 });
  const use = () => Promise.reject(new Error('not reached'));
  await expect(files.withFile('a/x.mp4', use)).rejects.toMatchObject({ code: 'TOO_LARGE' });
  expect(await Array.fromAsync(walkFolder(stagingDir, anywhere))).toEqual([]);
});
