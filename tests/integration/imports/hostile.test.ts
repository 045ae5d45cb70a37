import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, symlinkSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { createImport } from '#lib/generation/create-import.ts';
import { getImport } from '#lib/generation/get-import.ts';
import { listImportVideos } from '#lib/generation/list-import-videos.ts';
import { runImport } from '#lib/generation/run-import.ts';
import { newImportSchema } from '#lib/generation/schema.ts';
import { startImport } from '#lib/generation/start-import.ts';
import { openTestFolder } from '#tests/factories/imports.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';
import { createTestUser } from '#tests/factories/users.ts';

const root = openTestFolder();
const outside = openTestFolder();
const base = await openTestPlatform();
const platform = { ...base, environment: { ...base.environment, importRoots: [root.path] } };
const { actor } = await createTestUser(platform, 'admin');
await platform.database.project.create({ data: { slug: 'lab', name: 'Lab' } });

let connections = 0;
const listener = createServer((socket) => {
  connections++;
  socket.destroy();
});
listener.listen(0, '127.0.0.1');
await once(listener, 'listening');
afterAll(() => listener.close());
const url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/video.ts`;

async function bring(name: string, path: string) {
  const input = newImportSchema.parse({ name, source: { kind: 'folder', path } });
  const { slug } = await createImport(platform, actor, { ...input, project: 'lab' });
  const address = { project: 'lab', import: slug };
  await startImport(platform, actor, address);
  const { id } = await platform.database.videoImport.findFirstOrThrow({ where: { slug } });
  await runImport(platform, id, { signal: new AbortController().signal });
  const { videos } = await listImportVideos(platform, actor, {
    ...address,
    state: 'refused',
    limit: 100,
  });
  const refused = Object.fromEntries(videos.map((video) => [video.path, video.reason]));
  return { detail: await getImport(platform, actor, address), refused };
}

test('U7: hostile files are refused by name, nothing outside is read, the others come in', async () => {
  outside.video('secret.mp4');
  root.video('set/a/good.mp4');
  root.video('set/b/good.webm', { codec: 'vp9' });
  root.file(
    'set/a/playlist.mp4',
    `#EXTM3U\n#EXTINF:9,\n${url}\n#EXTINF:9,\nfile://${outside.at('secret.mp4')}\n`,
  );
  root.file('set/a/list.m3u8', `#EXTM3U\n#EXTINF:9,\n${url}\n`);
  root.file('set/a/concat.mp4', `ffconcat version 1.0\nfile '${outside.at('secret.mp4')}'\n`);
  root.file('set/a/concat-line.mp4', `concat:${outside.at('secret.mp4')}|${url}`);
  root.file('set/a/empty.mp4', '');
  root.file('set/a/words.mp4', 'This is not a video.');
  root.video('set/a/long.mp4', { frames: 3, secondsOf: (index) => index * 18_000 });
  root.video('set/a/whole.mp4', { isIndexFirst: true, frames: 40 });
  root.file('set/a/cut.mp4', readFileSync(root.at('set/a/whole.mp4')).subarray(0, -2000));
  root.video('set/a/small.avi', { codec: 'mpeg4' });
  const huge = readFileSync(root.at('set/a/small.avi'));
  const header = huge.indexOf('strf') + 8;
  huge.writeInt32LE(100_000, header + 4);
  huge.writeInt32LE(100_000, header + 8);
  root.file('set/a/huge.avi', huge);
  symlinkSync(outside.at('secret.mp4'), root.at('set/a/link.mp4'));
  symlinkSync(outside.path, root.at('set/c'));
  symlinkSync('/dev/zero', root.at('set/a/zero.mp4'));
  execFileSync('mkfifo', [root.at('set/a/pipe.mp4')]);
  root.file('set/a/-i http:.mp4', url);

  const { detail, refused } = await bring('Hostile', root.at('set'));
  expect(detail).toMatchObject({ state: 'done', accepted: 4 });
  const PLAYLIST = expect.stringContaining('playlist that names other files');
  const ROOTS = expect.stringContaining('WINNOW_IMPORT_ROOTS');
  expect(refused).toEqual({
    'a/playlist.mp4': PLAYLIST,
    'a/list.m3u8': PLAYLIST,
    'a/concat.mp4': PLAYLIST,
    'a/concat-line.mp4': PLAYLIST,
    'a/-i http:.mp4': PLAYLIST,
    'a/empty.mp4': expect.stringContaining('empty'),
    'a/words.mp4': expect.stringContaining('text, not a video'),
    'a/long.mp4': expect.stringMatching(/lasts 360\d\d s/),
    'a/cut.mp4': expect.stringMatching(/ends after \d+ of 40 frames/),
    'a/huge.avi': expect.stringContaining('100000 x 100000'),
    'a/link.mp4': ROOTS,
    'a/zero.mp4': ROOTS,
    'a/pipe.mp4': 'It is not an ordinary file.',
    c: ROOTS,
  });
  expect(connections).toBe(0);
});

test('U7: a table can not name files outside of the import roots', async () => {
  root.video('table/in.mp4');
  const rows = [
    'in.mp4',
    '../../secret.mp4',
    outside.at('secret.mp4'),
    '/etc/passwd',
    '/etc/no-such-file',
  ];
  root.file(
    'table/videos.csv',
    ['model,prompt,seed,path', ...rows.map((path, seed) => `m,p,${seed},${path}`)].join('\n'),
  );
  const { detail, refused } = await bring('Table', root.at('table'));
  expect(detail).toMatchObject({ state: 'done', accepted: 1, refused: 4 });
  for (const reason of Object.values(refused))
    expect(reason).toMatch(/not among the files|WINNOW_IMPORT_ROOTS/);

  const input = newImportSchema.parse({
    name: 'Direct table',
    source: { kind: 'table', path: root.at('table/videos.csv') },
  });
  const { slug } = await createImport(platform, actor, { ...input, project: 'lab' });
  const address = { project: 'lab', import: slug };
  await startImport(platform, actor, address);
  const { id } = await platform.database.videoImport.findFirstOrThrow({ where: { slug } });
  await runImport(platform, id, { signal: new AbortController().signal });
  const { videos } = await listImportVideos(platform, actor, { ...address, limit: 10 });
  expect(videos.map(({ state, reason }) => [state, reason])).toEqual([
    ['accepted', null],
    ...Array.from({ length: 4 }, () => ['refused', expect.stringContaining('WINNOW_IMPORT_ROOTS')]),
  ]);
});

test('the API makes no import of what lies outside', async () => {
  for (const path of [outside.path, '/etc', root.at('set/c'), root.at('set/../../x')]) {
    const input = newImportSchema.parse({ name: 'Outside', source: { kind: 'folder', path } });
    await expect(createImport(platform, actor, { ...input, project: 'lab' })).rejects.toMatchObject(
      {
        code: 'FORBIDDEN',
      },
    );
  }
  const relative = newImportSchema.parse({
    name: 'Relative',
    source: { kind: 'folder', path: 'set' },
  });
  await expect(createImport(platform, actor, { ...relative, project: 'lab' })).rejects.toThrow(
    'whole path',
  );
});
