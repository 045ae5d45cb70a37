import { randomBytes } from 'node:crypto';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { countClips } from '#lib/datasets/clips/count-clips.ts';
import { getClips } from '#lib/datasets/clips/get-clips.ts';
import { listClips } from '#lib/datasets/clips/list-clips.ts';
import { clipFilterSchema } from '#lib/datasets/clips/schema.ts';
import { exportCorrelations, exportHistogram } from '#lib/datasets/profile/export-figure.ts';
import { getProfile } from '#lib/datasets/profile/get-profile.ts';
import { keepProfile } from '#lib/datasets/profile/keep-profile.ts';
import { registerParts } from '#lib/datasets/register-parts.ts';
import { clipMedia } from '#lib/http/media/serve-clip.ts';
import { quoteLiteral } from '#lib/platform/tables/sql.ts';
import { makeClipTable } from '#tests/factories/clip-table.ts';
import { openTestFolder, SYSTEM } from '#tests/factories/imports.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';
import { createTestUser } from '#tests/factories/users.ts';

const folder = openTestFolder();
const base = await openTestPlatform();
const platform = { ...base, environment: { ...base.environment, importRoots: [folder.at('in')] } };
await platform.database.project.create({ data: { slug: 'lab', name: 'Lab' } });
const { signal } = new AbortController();

const video = randomBytes(5000);
const { hash } = await platform.blobs.putStream(
  Readable.from([Buffer.concat([Buffer.from('\0\0\0\x20ftypisom', 'latin1'), video])]),
);
mkdirSync(folder.at('in'));
writeFileSync(folder.at('in/film.webm'), video);
writeFileSync(folder.at('in/secret.csv'), 'words');
writeFileSync(folder.at('outside.mp4'), video);
symlinkSync(folder.at('outside.mp4'), folder.at('in/link.mp4'));

const PATHS = [
  `blob:${hash}`,
  folder.at('in/film.webm'),
  folder.at('in/secret.csv'),
  folder.at('outside.mp4'),
  folder.at('in/link.mp4'),
  'relative.mp4',
  's3://bucket/clip.mp4',
  folder.at('in/../outside.mp4'),
  folder.at('in/gone.mp4'),
];
// 20 clips: aes is 0 to 9 twice, flow is missing for the last two.
const source = folder.at('clips.parquet');
await platform.tables.run(
  [
    `COPY (SELECT printf('%032x', i) AS uid,
       coalesce(${listOf(PATHS)}[i + 1], 'clip-' || i || '.mp4') AS path,
       (i % 10)::DOUBLE AS aes, CASE WHEN i < 18 THEN i / 4.0 END::DOUBLE AS flow,
       CASE WHEN i = 3 THEN NULL ELSE 'A Dog runs, take ' || i END AS llm
     FROM range(20) r(i)) TO ${quoteLiteral(source)} (FORMAT parquet)`,
  ],
  { files: [], outputs: [source] },
);
await registerParts(platform, SYSTEM, {
  project: 'lab',
  dataset: { slug: 'clips', name: 'Clips' },
  tables: [
    {
      files: [source],
      columns: [
        { name: 'path', kind: 'path', type: 'VARCHAR' },
        { name: 'aes', kind: 'score', type: 'DOUBLE' },
        { name: 'flow', kind: 'score', type: 'DOUBLE' },
        { name: 'llm', kind: 'caption', type: 'VARCHAR' },
      ],
    },
  ],
  lineage: {},
  signal,
});

const address = { project: 'lab', dataset: 'clips' };
const uidOf = (index: number) => index.toString(16).padStart(32, '0');
const list = async (input: object = {}, limit = 60, offset = 0) =>
  listClips(platform, SYSTEM, {
    ...address,
    ...clipFilterSchema.parse(input),
    direction: 'desc',
    ...input,
    limit,
    offset,
  });
const indexes = async (input: object = {}, limit?: number, offset?: number) =>
  (await list(input, limit, offset)).clips.map(({ uid }) => Number.parseInt(uid, 16));

function listOf(texts: readonly string[]): string {
  return `[${texts.map(quoteLiteral).join(', ')}]`;
}

test('clips are sorted by any column, equal ones by uid, those without a value last', async () => {
  expect((await indexes()).slice(0, 3)).toEqual([0, 1, 2]);
  expect(await indexes({ sort: 'aes' }, 4)).toEqual([9, 19, 8, 18]);
  expect(await indexes({ sort: 'aes', direction: 'asc' }, 3, 1)).toEqual([10, 1, 11]);
  expect((await indexes({ sort: 'flow', direction: 'asc' })).slice(-2)).toEqual([18, 19]);
  const page = await list({ sort: 'aes' }, 1);
  expect(page).toMatchObject({ version: 1, hasMore: true });
  expect(page.columns.map(({ name }) => name)).toEqual(['uid', 'path', 'aes', 'flow', 'llm']);
  expect(page.clips[0]).toEqual({
    uid: uidOf(9),
    path: 'clip-9.mp4',
    values: { aes: 9, flow: 2.25, llm: 'A Dog runs, take 9' },
  });
  expect((await list({}, 60)).hasMore).toBe(false);
  expect((await list({}, 60, 10_000)).clips).toEqual([]);
});

test('clips are filtered by ranges, absent values and parts of texts, and counted', async () => {
  expect(await indexes({ ranges: [{ column: 'aes', min: 8 }] })).toEqual([8, 9, 18, 19]);
  expect(await indexes({ ranges: [{ column: 'flow', has: 'missing' }] })).toEqual([18, 19]);
  const both = { ranges: [{ column: 'aes', min: 3, max: 3 }], contains: ' dog RUNS' };
  expect(await indexes(both)).toEqual([13]);
  expect(await indexes({ contains: 'clip-1', containsIn: 'path' })).toEqual([
    10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
  ]);
  expect(await indexes({ contains: "' OR 1=1 --" })).toEqual([]);
  const count = (input: object) =>
    countClips(platform, SYSTEM, { ...address, ...clipFilterSchema.parse(input) });
  expect(await count(both)).toEqual({ clips: 1, of: 20 });
  expect(await count({})).toEqual({ clips: 20, of: 20 });
  const { clips } = await getClips(platform, SYSTEM, {
    ...address,
    uids: [uidOf(7), uidOf(99), uidOf(2)],
  });
  expect(clips.map(({ uid }) => uid)).toEqual([uidOf(7), uidOf(2)]);
});

test('columns that are not there and ranges of texts are refused by name', async () => {
  await expect(list({ sort: 'nope' })).rejects.toMatchObject({
    code: 'BAD_INPUT',
    data: { field: 'sort' },
  });
  for (const column of ['nope', 'llm'])
    await expect(list({ ranges: [{ column, min: 1 }] })).rejects.toMatchObject({
      data: { field: 'ranges.0.column' },
    });
  await expect(list({ contains: 'x', containsIn: 'aes' })).rejects.toMatchObject({
    data: { field: 'containsIn' },
  });
  expect(clipFilterSchema.safeParse({ ranges: [{ column: 'aes"; drop', min: 1 }] }).success).toBe(
    false,
  );
});

const media = (index: number, headers: Record<string, string> = {}, actor = SYSTEM) =>
  clipMedia(platform, actor, new Request('http://x/', { headers }), {
    ...address,
    version: '1',
    uid: uidOf(index),
  });

test('the video of a clip: from a blob or a file of the import roots, with ranges', async () => {
  const cut = await makeClipTable(platform, folder, {
    project: 'lab',
    dataset: 'cut',
    select: `SELECT '${uidOf(0)}' AS uid, 'film.mp4/0-8.mp4' AS path, '${hash}' AS hash`,
    columns: [{ name: 'hash', kind: 'text', type: 'VARCHAR' }],
    lineage: { hash: { scorer: 'cut', version: 1, settings: {}, models: {} } },
  });
  const range = { headers: { range: 'bytes=12-21' } };
  const blob = await clipMedia(platform, SYSTEM, new Request('http://winnow.test/clip', range), {
    project: 'lab',
    dataset: 'cut',
    version: String(cut.number),
    uid: uidOf(0),
  });
  expect([blob.status, blob.headers.get('content-type')]).toEqual([206, 'video/mp4']);
  expect(Buffer.from(await blob.arrayBuffer()).equals(video.subarray(0, 10))).toBe(true);
  const file = await media(1);
  expect(file.headers.get('content-type')).toBe('video/webm');
  expect(Buffer.from(await file.arrayBuffer()).equals(video)).toBe(true);
  const known = await media(1, { 'if-none-match': file.headers.get('etag') ?? '' });
  expect(known.status).toBe(304);
});

test.each([
  ['a blob that a foreign table names', 0, 'NOT_FOUND'],
  ['a file that is no video', 2, 'NOT_FOUND'],
  ['a file outside', 3, 'FORBIDDEN'],
  ['a link that leads outside', 4, 'FORBIDDEN'],
  ['a relative path without a folder', 5, 'NOT_FOUND'],
  ['another machine', 6, 'NOT_FOUND'],
  ['a path that climbs out', 7, 'FORBIDDEN'],
  ['a file that is gone', 8, 'NOT_FOUND'],
  ['no clip', 99, 'NOT_FOUND'],
])('%s is not served', async (_, index, code) => {
  await expect(media(index)).rejects.toMatchObject({ name: 'AppError', code });
});

test('a version without a description has a worker asked for it, once it is there it is drawn', async () => {
  expect(await getProfile(platform, SYSTEM, address)).toEqual({ version: 1, profile: null });
  const job = platform.asked.findLast(({ name }) => name === 'profile-version');
  const { id } = await platform.database.datasetVersion.findFirstOrThrow();
  expect(job?.payload).toEqual({ versionId: id });
  const drawing = { ...address, width: 640, format: 'svg' as const };
  await expect(exportCorrelations(platform, SYSTEM, drawing)).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  await keepProfile(platform, id, signal);
  const { profile } = await getProfile(platform, SYSTEM, address);
  expect(profile?.scores.map(({ name, missing }) => [name, missing])).toEqual([
    ['aes', 0],
    ['flow', 2],
  ]);
  expect(profile?.captions).toMatchObject([{ name: 'llm', missing: 1 }]);
  const histogram = await exportHistogram(platform, SYSTEM, { ...drawing, score: 'flow' });
  expect(histogram.name).toBe('clips-v1-flow.svg');
  expect(await histogram.text()).toContain('2 (10.0 %) without a value.');
  const correlations = await exportCorrelations(platform, SYSTEM, drawing);
  expect(await correlations.text()).toContain('Below the diagonal Pearson');
  await expect(
    exportHistogram(platform, SYSTEM, { ...drawing, score: 'llm' }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('who is not of the project sees none of it', async () => {
  const { actor } = await createTestUser(platform, 'researcher');
  const none = { code: 'NOT_FOUND' };
  const input = { ...address, ...clipFilterSchema.parse({}) };
  await expect(countClips(platform, actor, input)).rejects.toMatchObject(none);
  await expect(
    listClips(platform, actor, { ...input, direction: 'asc', limit: 1, offset: 0 }),
  ).rejects.toMatchObject(none);
  await expect(getClips(platform, actor, { ...address, uids: [uidOf(1)] })).rejects.toMatchObject(
    none,
  );
  await expect(getProfile(platform, actor, address)).rejects.toMatchObject(none);
  await expect(media(1, {}, actor)).rejects.toMatchObject(none);
});
