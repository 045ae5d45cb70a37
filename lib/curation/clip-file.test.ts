import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createBlobs } from '#lib/platform/blobs/blobs.ts';
import { parseEnvironment } from '#lib/platform/env.ts';
import { clipFile } from './clip-file.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'winnow-clip-file-')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (...parts: string[]) => join(folder, ...parts);
for (const name of ['roots/media', 'elsewhere']) mkdirSync(at(name), { recursive: true });
for (const name of ['roots/media/a.mp4', 'roots/b.mp4', 'elsewhere/c.mp4'])
  writeFileSync(at(name), name);
symlinkSync(at('elsewhere/c.mp4'), at('roots/media/link.mp4'));

const platform = {
  blobs: createBlobs({ dataDir: at('data') }),
  environment: parseEnvironment({ WINNOW_IMPORT_ROOTS: at('roots') }),
};
const inside = { mediaRoot: at('roots/media'), reach: 'import-roots' as const };
const trusted = { mediaRoot: at('elsewhere'), reach: 'any' as const };
const byPath = (place: { mediaRoot: string | null; reach: 'any' | 'import-roots' }, path: string) =>
  clipFile(platform, place, { path, hash: null });

test('a clip is a blob where Winnow cut it, else a file under the media folder', async () => {
  const { hash } = await platform.blobs.putFile(at('roots/b.mp4'));
  expect(await clipFile(platform, inside, { path: 'name.mp4', hash })).toBe(
    await platform.blobs.localPath(hash),
  );
  expect(await byPath(inside, 'a.mp4')).toBe(at('roots/media/a.mp4'));
  expect(await byPath(inside, at('roots/b.mp4'))).toBe(at('roots/b.mp4'));
  expect(await byPath(trusted, 'c.mp4')).toBe(at('elsewhere/c.mp4'));
});

test('no path leaves its media folder or the import roots', async () => {
  const refused = [
    [inside, '../b.mp4'],
    [inside, 'link.mp4'],
    [inside, at('elsewhere/c.mp4')],
    [inside, '../../elsewhere/c.mp4'],
    [trusted, '../roots/b.mp4'],
    [{ ...trusted, reach: 'import-roots' as const }, 'c.mp4'],
  ] as const;
  for (const [place, path] of refused)
    await expect(byPath(place, path), path).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(byPath({ ...inside, mediaRoot: null }, 'a.mp4')).rejects.toMatchObject({
    code: 'BAD_INPUT',
  });
  await expect(byPath(inside, 'none.mp4')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
