import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { deleteImport } from '#lib/generation/delete-import.ts';
import { findVideoMedia } from '#lib/generation/find-video-media.ts';
import { getImport } from '#lib/generation/get-import.ts';
import { importDirectly } from '#lib/generation/import-directly.ts';
import { listCandidates } from '#lib/generation/list-candidates.ts';
import { listImportVideos } from '#lib/generation/list-import-videos.ts';
import { listImports } from '#lib/generation/list-imports.ts';
import { newImportSchema } from '#lib/generation/schema.ts';
import { walkFolder } from '#lib/platform/files/walk-folder.ts';
import { openTestFolder, SYSTEM } from '#tests/factories/imports.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';

const platform = await openTestPlatform();
const { database } = platform;
await database.project.create({ data: { slug: 'lab', name: 'Lab' } });

const signal = new AbortController().signal;
function bring(name: string, path: string, kind: 'folder' | 'table' = 'folder') {
  const input = newImportSchema.parse({ name, source: { kind, path } });
  return importDirectly(platform, SYSTEM, { ...input, project: 'lab' }, { signal });
}
const rows = (slug: string) =>
  database.video.findMany({ where: { import: { slug } }, orderBy: { path: 'asc' } });

test('a folder with an arm a sub-folder comes in, decoded, pictured and kept', async () => {
  const folder = openTestFolder();
  for (const arm of ['base', 'cut'])
    for (const p of ['beach', 'dog']) folder.video(`${arm}/${p}.mp4`);
  folder.file('prompts.csv', 'key,text\nbeach,Waves on a beach\n');
  const ended = await bring('First batch', folder.path);
  expect(ended).toMatchObject({
    slug: 'first-batch',
    state: 'done',
    expected: 4,
    accepted: 4,
    refused: 0,
    models: 2,
    prompts: 2,
    listed: true,
    problem: null,
    notices: [],
    explanation:
      'Read as 2 folders, each one arm; files of equal name are the same prompt (2 prompts). The prompts file gives 1 of 2 prompts their text.',
  });
  const [first] = await rows('first-batch');
  const original = readFileSync(folder.at('base/beach.mp4'));
  expect(first).toMatchObject({
    path: 'base/beach.mp4',
    model: 'base',
    prompt: 'beach',
    promptText: 'Waves on a beach',
    seed: 0,
    state: 'accepted',
    hash: createHash('sha256').update(original).digest('hex'),
    bytes: BigInt(original.length),
    width: 64,
    height: 48,
    fps: 8,
    frameCount: 8,
    codec: 'h264',
    hasAudio: false,
  });
  for (const medium of ['original', 'poster', 'sheet'] as const) {
    const found = await findVideoMedia(platform, SYSTEM, { videoId: first?.id ?? 0, medium });
    const bytes = await buffer(await platform.blobs.open(found.hash));
    if (medium === 'original') expect(bytes.equals(original)).toBe(true);
    else expect(bytes.subarray(8, 12).toString()).toBe('WEBP');
  }
  const staged = walkFolder(join(platform.environment.dataDir, 'staging'), { kind: 'any' });
  expect(await Array.fromAsync(staged)).toEqual([]);

  const offered = await listCandidates(platform, SYSTEM, {
    project: 'lab',
    import: 'first-batch',
    limit: 1,
  });
  expect(offered).toMatchObject({
    models: [
      { name: 'base', prompts: 2 },
      { name: 'cut', prompts: 2 },
    ],
    prompts: 2,
    rows: [
      {
        prompt: 'beach',
        text: 'Waves on a beach',
        cells: [{ model: 'base', videos: [{ id: first?.id, seed: 0 }] }, { model: 'cut' }],
      },
    ],
    nextCursor: 'beach',
  });
  const rest = await listCandidates(platform, SYSTEM, {
    project: 'lab',
    import: 'first-batch',
    limit: 5,
    cursor: 'beach',
  });
  expect(rest.rows.map((row) => [row.prompt, row.text])).toEqual([['dog', 'dog']]);
  expect(rest.nextCursor).toBeNull();
});

test('importing again changes nothing', async () => {
  const folder = openTestFolder();
  folder.video('a/x.mp4');
  folder.file('a/broken.mp4', 'words');
  const before = await bring('Again', folder.path);
  const known = await rows('again');
  const inspected: string[] = [];
  const watched = {
    ...platform,
    media: {
      ...platform.media,
      inspectVideo: (path: string) => {
        inspected.push(path);
        return platform.media.inspectVideo(path);
      },
    },
  };
  const input = newImportSchema.parse({
    name: 'Again',
    source: { kind: 'folder', path: folder.path },
  });
  const after = await importDirectly(watched, SYSTEM, { ...input, project: 'lab' }, { signal });
  expect(after).toEqual({ ...before, finishedAt: after.finishedAt });
  expect(await rows('again')).toEqual(known);
  expect(inspected).toEqual([]);
});

test('a changed file is told and left, a mended one is taken, a new one added, a lost one told', async () => {
  const folder = openTestFolder();
  folder.video('a/changed.mp4');
  folder.video('a/lost.mp4');
  folder.file('a/mended.mp4', 'words');
  await bring('Changes', folder.path);
  const [changed] = await rows('changes');
  folder.video('a/changed.mp4');
  folder.video('a/mended.mp4');
  folder.video('a/new.mp4');
  rmSync(folder.at('a/lost.mp4'));
  const ended = await bring('Changes', folder.path);
  expect(ended).toMatchObject({ state: 'done', accepted: 4, refused: 0 });
  expect(ended.notices).toEqual([
    expect.stringMatching(/^a\/changed.mp4 has changed since it was imported/),
    expect.stringMatching(/^1 imported file is no longer in the source, such as a\/lost.mp4/),
  ]);
  expect((await rows('changes'))[0]).toEqual(changed);
});

test('{prompt}-{index} names give prompts and seeds, and the second of two equal ones is refused', async () => {
  const folder = openTestFolder();
  folder.video('a/a red car-0.mp4');
  folder.video('a/a red car-1.mp4');
  folder.video('a/a red car-1.webm', { codec: 'vp9' });
  const ended = await bring('Indexed', folder.path);
  expect(ended).toMatchObject({ accepted: 2, refused: 1, prompts: 1 });
  expect((await rows('indexed')).map((v) => [v.prompt, v.seed, v.state, v.reason])).toEqual([
    ['a red car', 0, 'accepted', null],
    ['a red car', 1, 'accepted', null],
    ['a red car', 1, 'refused', 'It has the same model, prompt and seed as a/a red car-1.mp4.'],
  ]);
});

test('the layout can be chosen against what the names look like', async () => {
  const folder = openTestFolder();
  folder.video('a/a red car-0.mp4');
  folder.video('a/two cups-0.mp4');
  const input = newImportSchema.parse({
    name: 'Chosen',
    source: { kind: 'folder', path: folder.path, layout: 'equal-names' },
  });
  await importDirectly(platform, SYSTEM, { ...input, project: 'lab' }, { signal });
  expect((await rows('chosen')).map((video) => video.prompt)).toEqual([
    'a red car-0',
    'two cups-0',
  ]);
  // Another choice later moves nothing that came in.
  const ended = await bring('Chosen', folder.path);
  expect(ended.source).toMatchObject({ layout: 'auto' });
  expect(ended.notices).toHaveLength(2);
  expect((await rows('chosen')).map((video) => video.prompt)).toEqual([
    'a red car-0',
    'two cups-0',
  ]);
});

test('a table says what each file is; what it names in vain is refused by name', async () => {
  const folder = openTestFolder();
  folder.video('v/1.mp4');
  folder.video('v/2.mp4');
  folder.file(
    'videos.csv',
    'model,prompt,seed,path\nm,A dog,3,v/1.mp4\nn,A dog,3,v/2.mp4\nn,A cat,3,v/3.mp4\n',
  );
  const ended = await bring('Table', folder.at('videos.csv'), 'table');
  expect(ended).toMatchObject({ accepted: 2, refused: 1, models: 2, prompts: 1 });
  const { videos } = await listImportVideos(platform, SYSTEM, {
    project: 'lab',
    import: 'table',
    state: 'refused',
    limit: 10,
  });
  expect(videos).toMatchObject([{ path: 'v/3.mp4', reason: 'Nothing is there under this path.' }]);
  // The same folder finds its table by itself.
  const found = await bring('Table in folder', folder.path);
  expect(found).toMatchObject({
    accepted: 2,
    refused: 1,
    explanation: expect.stringContaining('videos.csv: 3 rows'),
  });
});

test('a mistake in a table fails the import with its place', async () => {
  const folder = openTestFolder();
  folder.file('videos.csv', 'model,prompt,seed,path\nm,p,first,x.mp4\n');
  const ended = await bring('Mistake', folder.at('videos.csv'), 'table');
  expect(ended).toMatchObject({
    state: 'failed',
    expected: 0,
    problem:
      'videos.csv line 2, column seed: expected a whole number from 0 to 2147483647, found "first".',
  });
  folder.video('x.mp4');
  folder.file('videos.csv', 'model,prompt,seed,path\nm,p,1,x.mp4\n');
  expect(await bring('Mistake', folder.at('videos.csv'), 'table')).toMatchObject({
    state: 'done',
    problem: null,
    accepted: 1,
  });
});

test('captions come in with their clips', async () => {
  const folder = openTestFolder();
  folder.video('clips/1.mp4');
  folder.file(
    'captions.jsonl',
    ['short', 'long']
      .map((captioner) =>
        JSON.stringify({ clip: 'clips/1.mp4', captioner, caption: `A ${captioner} text.` }),
      )
      .join('\n'),
  );
  const input = newImportSchema.parse({
    name: 'Captions',
    kind: 'caption',
    source: { kind: 'table', path: folder.at('captions.jsonl') },
  });
  const ended = await importDirectly(platform, SYSTEM, { ...input, project: 'lab' }, { signal });
  expect(ended).toMatchObject({ kind: 'caption', accepted: 1, captions: 2, models: 2, prompts: 1 });
  const offered = await listCandidates(platform, SYSTEM, {
    project: 'lab',
    import: 'captions',
    limit: 5,
  });
  const [clip] = await rows('captions');
  expect(offered).toMatchObject({
    models: [
      { name: 'long', prompts: 1 },
      { name: 'short', prompts: 1 },
    ],
    rows: [
      {
        prompt: 'clips/1.mp4',
        clip: { id: clip?.id },
        cells: [{ caption: 'A long text.' }, { caption: 'A short text.' }],
      },
    ],
  });
});

test('one name is one source', async () => {
  const [one, two] = [openTestFolder(), openTestFolder()];
  one.video('a/x.mp4');
  await bring('Named', one.path);
  await expect(bring('Named', two.path)).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('an import that a study uses stays; any other goes', async () => {
  const folder = openTestFolder();
  folder.video('a/x.mp4');
  await bring('Used', folder.path);
  const { id } = await database.project.findUniqueOrThrow({ where: { slug: 'lab' } });
  const study = await database.study.create({
    data: {
      projectId: id,
      slug: 'uses-it',
      kind: 'video',
      title: 'Uses it',
      spec: { arms: [{ name: 'a', source: { import: 'used', model: 'a' } }] },
      seed: 0,
      joinCode: 'join-uses-it',
      trialCode: 'trial-uses-it',
    },
  });
  const address = { project: 'lab', import: 'used' };
  expect((await getImport(platform, SYSTEM, address)).usedBy).toEqual(['uses-it']);
  await expect(deleteImport(platform, SYSTEM, address)).rejects.toMatchObject({
    code: 'CONFLICT',
    message: 'The import is used by the study uses-it; delete it first.',
  });
  await database.study.delete({ where: { id: study.id } });
  await deleteImport(platform, SYSTEM, address);
  await expect(getImport(platform, SYSTEM, address)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const { imports } = await listImports(platform, SYSTEM, { project: 'lab', limit: 200 });
  expect(imports.map((each) => each.slug)).not.toContain('used');
});
