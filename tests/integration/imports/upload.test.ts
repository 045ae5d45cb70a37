import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runImport } from '#lib/generation/run-import.ts';
import type { ImportDetail } from '#lib/generation/schema.ts';
import { takeUpload } from '#lib/http/imports/receive-upload.ts';
import { videoMedia } from '#lib/http/imports/serve-video.ts';
import { apiOf } from '#tests/factories/api.ts';
import { openTestFolder } from '#tests/factories/imports.ts';
import { openTestPlatform, TEST_ORIGIN } from '#tests/factories/platform.ts';
import { createTestUser } from '#tests/factories/users.ts';

const platform = await openTestPlatform();
const call = apiOf(platform);
const [admin, stranger] = [
  await createTestUser(platform, 'admin'),
  await createTestUser(platform, 'researcher'),
];
await platform.database.project.create({ data: { slug: 'lab', name: 'Lab' } });
const folder = openTestFolder();

async function create(name: string, kind = 'video') {
  const body = { name, kind, source: { kind: 'upload' } };
  return (await call<ImportDetail>('POST', '/projects/lab/imports', { cookie: admin.cookie, body }))
    .json.slug;
}

function put(slug: string, path: string, body: BodyInit, headers: Record<string, string> = {}) {
  const request = new Request(
    `${TEST_ORIGIN}/api/uploads/lab/${slug}?path=${encodeURIComponent(path)}`,
    { method: 'PUT', body, headers },
  );
  return takeUpload(platform, admin.actor, request, { project: 'lab', import: slug });
}

async function read(slug: string) {
  const address = `/projects/lab/imports/${slug}`;
  expect((await call('POST', `${address}/start`, { cookie: admin.cookie, body: {} })).status).toBe(
    200,
  );
  const { id } = await platform.database.videoImport.findFirstOrThrow({ where: { slug } });
  expect(platform.asked.at(-1)).toEqual({ name: 'import-videos', payload: { importId: id } });
  await runImport(platform, id, { signal: new AbortController().signal });
  return (await call<ImportDetail>('GET', address, { cookie: admin.cookie })).json;
}

test('U2: 30 MiB in one request arrive with equal bytes', async () => {
  const slug = await create('Large');
  const content = randomBytes(30 * 1024 * 1024);
  const response = await put(slug, 'a/x.mp4', content, {
    'content-length': String(content.length),
  });
  const hash = createHash('sha256').update(content).digest('hex');
  expect(await response.json()).toEqual({ path: 'a/x.mp4', bytes: content.length, hash });
  const stored = await platform.blobs.localPath(hash);
  expect(readFileSync(stored).equals(content)).toBe(true);
});

test('an uploaded folder is read, and adding to it keeps what is there', async () => {
  const slug = await create('Uploaded');
  for (const arm of ['a', 'b']) {
    folder.video(`${arm}/x.mp4`);
    await put(slug, `run/${arm}/x.mp4`, readFileSync(folder.at(`${arm}/x.mp4`)));
  }
  await put(slug, 'run/prompts.txt', 'x,Waves on a beach\n');
  expect(await read(slug)).toMatchObject({
    state: 'done',
    accepted: 2,
    models: 2,
    prompts: 1,
    uploadedFiles: 3,
  });

  const size = readFileSync(folder.at('a/x.mp4')).length;
  const files = [
    { path: 'run/a/x.mp4', bytes: size },
    { path: 'run/b/x.mp4', bytes: size + 1 },
    { path: 'run/c/x.mp4', bytes: 5 },
  ];
  const missing = await call<{ missing: string[] }>(
    'POST',
    `/projects/lab/imports/${slug}/missing-files`,
    { cookie: admin.cookie, body: { files } },
  );
  expect(missing.json).toEqual({ missing: ['run/b/x.mp4', 'run/c/x.mp4'] });
  folder.video('c/x.mp4');
  await put(slug, 'run/c/x.mp4', readFileSync(folder.at('c/x.mp4')));
  expect(await read(slug)).toMatchObject({ accepted: 3, models: 3, notices: [] });
});

test('a table comes in with loose files of its names', async () => {
  const slug = await create('Loose');
  folder.video('loose/1.mp4');
  await put(slug, '1.mp4', readFileSync(folder.at('loose/1.mp4')));
  await put(slug, 'videos.csv', 'model,prompt,path\nm,A dog,out/v/1.mp4\nm,A cat,out/v/2.mp4\n');
  expect(await read(slug)).toMatchObject({ accepted: 1, refused: 1 });
  const refused = await call<{ videos: { path: string; reason: string }[] }>(
    'GET',
    `/projects/lab/imports/${slug}/videos?state=refused`,
    { cookie: admin.cookie },
  );
  expect(refused.json.videos).toMatchObject([
    { path: 'out/v/2.mp4', reason: 'The table names it, but it is not among the files.' },
  ]);
});

test('loose files with a table that lacks a column are told what is missing', async () => {
  const slug = await create('No columns');
  await put(slug, '1.mp4', 'x');
  await put(slug, 'videos.csv', 'model,path\nm,1.mp4\n');
  expect(await read(slug)).toMatchObject({
    state: 'failed',
    problem: expect.stringContaining('the column "prompt" is missing'),
  });
});

test('captions are uploaded with their clips', async () => {
  const slug = await create('Caption upload', 'caption');
  folder.video('clip/1.mp4');
  await put(slug, 'set/clips/1.mp4', readFileSync(folder.at('clip/1.mp4')));
  await put(slug, 'set/captions.csv', 'clip,captioner,caption\nclips/1.mp4,short,A dog.\n');
  expect(await read(slug)).toMatchObject({ state: 'done', accepted: 1, captions: 1, models: 1 });
});

test('a body that was cut off is not kept', async () => {
  const slug = await create('Cut off');
  const sent = put(slug, 'a/x.mp4', 'half', { 'content-length': '8' });
  await expect(sent).rejects.toMatchObject({ code: 'BAD_INPUT', data: { reason: 'cut-off' } });
  expect(await platform.database.uploadedFile.count({ where: { import: { slug } } })).toBe(0);
  await expect(
    put(slug, 'a/x.mp4', 'x', { 'content-length': String(5 * 1024 ** 3) }),
  ).rejects.toMatchObject({ code: 'TOO_LARGE' });
});

test.each(['../x.mp4', '/etc/passwd', 'a//x.mp4', 'a/./x.mp4', 'a/\u0000.mp4', ''])(
  'the path %j is refused',
  async (path) => {
    const slug = await create('Paths');
    await expect(put(slug, path, 'x')).rejects.toMatchObject({ code: 'BAD_INPUT' });
  },
);

test('nothing can be started without files, nor added while it is read', async () => {
  const slug = await create('Too early');
  const start = await call('POST', `/projects/lab/imports/${slug}/start`, {
    cookie: admin.cookie,
    body: {},
  });
  expect(start).toMatchObject({ status: 400, json: { data: { reason: 'no-files' } } });
  await put(slug, 'a/x.mp4', 'x');
  await call('POST', `/projects/lab/imports/${slug}/start`, { cookie: admin.cookie, body: {} });
  await expect(put(slug, 'a/y.mp4', 'y')).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('people of other projects find nothing, and its members only what is theirs to change', async () => {
  const slug = await create('Private');
  folder.video('private/x.mp4');
  await put(slug, 'a/x.mp4', readFileSync(folder.at('private/x.mp4')));
  await read(slug);
  const video = await platform.database.video.findFirstOrThrow({ where: { import: { slug } } });
  const base = `/projects/lab/imports`;
  for (const [method, path, body] of [
    ['GET', base],
    ['POST', base, { name: 'x', source: { kind: 'upload' } }],
    ['GET', `${base}/${slug}`],
    ['GET', `${base}/${slug}/videos`],
    ['GET', `${base}/${slug}/candidates`],
    ['POST', `${base}/${slug}/missing-files`, { files: [] }],
    ['POST', `${base}/${slug}/start`, {}],
    ['DELETE', `${base}/${slug}`],
    ['GET', '/projects/lab/import-sources'],
  ] as const)
    expect((await call(method, path, { cookie: stranger.cookie, body })).status).toBe(404);
  const request = new Request(`${TEST_ORIGIN}/`, { method: 'PUT', body: 'x' });
  const address = { project: 'lab', import: slug };
  const named = new Request(`${TEST_ORIGIN}/?path=a/z.mp4`, { method: 'PUT', body: 'x' });
  await expect(takeUpload(platform, stranger.actor, named, address)).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  await expect(takeUpload(platform, admin.actor, request, address)).rejects.toMatchObject({
    code: 'BAD_INPUT',
  });
  for (const medium of ['original', 'poster', 'sheet']) {
    const get = () => new Request(`${TEST_ORIGIN}/api/media/videos/${video.id}/${medium}`);
    await expect(
      videoMedia(platform, stranger.actor, get(), { video: String(video.id), medium }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const served = await videoMedia(platform, admin.actor, get(), {
      video: String(video.id),
      medium,
    });
    expect(served.status).toBe(200);
  }
});

test('the original is served with ranges under its own tag', async () => {
  const video = await platform.database.video.findFirstOrThrow({
    where: { import: { slug: 'private' } },
  });
  const original = readFileSync(folder.at('private/x.mp4'));
  const request = new Request(`${TEST_ORIGIN}/`, { headers: { range: 'bytes=10-19' } });
  const part = await videoMedia(platform, admin.actor, request, {
    video: String(video.id),
    medium: 'original',
  });
  expect(part.status).toBe(206);
  expect(part.headers.get('content-type')).toBe('video/mp4');
  expect(part.headers.get('etag')).toBe(`"${video.hash}"`);
  expect(Buffer.from(await part.arrayBuffer()).equals(original.subarray(10, 20))).toBe(true);
  for (const address of [
    { video: '0', medium: 'original' },
    { video: 'x', medium: 'poster' },
    { video: '1', medium: 'secret' },
  ])
    await expect(videoMedia(platform, admin.actor, request, address)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
});

test('the API reads no path of the server without import roots', async () => {
  const body = { name: 'Server', source: { kind: 'folder', path: folder.path } };
  const refused = await call('POST', '/projects/lab/imports', { cookie: admin.cookie, body });
  expect(refused).toMatchObject({
    status: 403,
    json: { message: expect.stringContaining('WINNOW_IMPORT_ROOTS') },
  });
  expect(await platform.database.videoImport.count({ where: { slug: 'server' } })).toBe(0);
});
