import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createImport } from '#lib/generation/create-import.ts';
import { importDirectly } from '#lib/generation/import-directly.ts';
import { listCandidates } from '#lib/generation/list-candidates.ts';
import { newImportSchema } from '#lib/generation/schema.ts';
import { createStudy } from '#lib/studies/create-study.ts';
import { studySpecSchema } from '#lib/studies/schema.ts';
import { makeClipTable } from '#tests/factories/clip-table.ts';
import { openTestFolder, SYSTEM } from '#tests/factories/imports.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';
import { createTestUser } from '#tests/factories/users.ts';

const platform = await openTestPlatform();
const { database, blobs } = platform;
const folder = openTestFolder();
await database.project.create({ data: { slug: 'lab', name: 'Lab' } });
const { signal } = new AbortController();

const CLIPS = 12;
const uidOf = (n: number) => createHash('md5').update(`clip-${n}`).digest('hex');
const hashes: string[] = [];
for (let n = 0; n < CLIPS; n++) {
  folder.video(`media/clip-${n}.mp4`);
  // Half of the clips are blobs, as those that Winnow cut are; half lie under the media folder.
  const stored = n % 2 === 0 ? await blobs.putFile(folder.at(`media/clip-${n}.mp4`)) : null;
  hashes.push(stored ? `'${stored.hash}'` : 'NULL');
}

const caption = (name: string) => ({ name, kind: 'caption', type: 'VARCHAR' }) as const;
const version = await makeClipTable(platform, folder, {
  project: 'lab',
  dataset: 'clips',
  // Clip 3 has no second caption, clip 4 an empty one.
  select: `SELECT md5('clip-' || i) AS uid, 'clip-' || i || '.mp4' AS path,
      [${hashes.join(', ')}][i + 1] AS hash,
      ' image ' || i AS coca,
      CASE i WHEN 3 THEN NULL WHEN 4 THEN ' ' ELSE 'video ' || i END AS vblip,
      i::DOUBLE AS aes
    FROM range(${CLIPS}) r(i)`,
  columns: [
    { name: 'hash', kind: 'text', type: 'VARCHAR' },
    caption('coca'),
    caption('vblip'),
    { name: 'aes', kind: 'score', type: 'DOUBLE' },
  ],
  lineage: { hash: { scorer: 'cut', version: 1, settings: {}, models: {} } },
});
await database.datasetVersion.update({
  where: { id: version.id },
  data: {
    mapping: { path: 'path', mediaRoot: folder.at('media') },
    source: {
      kind: 'table',
      source: { kind: 'server', path: folder.at('clips.parquet') },
      reach: 'any',
      tolerance: 0,
    },
  },
});

const input = (name: string, source: object = {}) => ({
  project: 'lab',
  ...newImportSchema.parse({
    name,
    kind: 'caption',
    source: {
      kind: 'clip-table',
      dataset: 'clips',
      columns: ['coca', 'vblip'],
      clips: 5,
      seed: 9,
      ...source,
    },
  }),
});

test('clips with all captions are drawn by hash, and make a caption study', async () => {
  const detail = await importDirectly(platform, SYSTEM, input('Captions'), { signal });
  expect(detail).toMatchObject({
    state: 'done',
    accepted: 5,
    refused: 0,
    captions: 10,
    models: 2,
    source: { version: 1 },
    explanation: expect.stringContaining('5 of the 10 clips that have all 2 captions'),
  });
  const drawn = Array.from({ length: CLIPS }, (_, n) => n)
    .filter((n) => n !== 3 && n !== 4)
    .map((n) => ({
      n,
      hash: createHash('md5')
        .update(`9:${uidOf(n)}`)
        .digest('hex'),
    }))
    .sort((a, b) => (a.hash < b.hash ? -1 : 1))
    .slice(0, 5)
    .map(({ n }) => n)
    .sort((a, b) => a - b);
  const candidates = await listCandidates(platform, SYSTEM, {
    project: 'lab',
    import: 'captions',
    limit: 50,
  });
  const rows = candidates.rows
    .map(({ prompt, cells }) => [prompt, ...cells.map((cell) => cell.caption)])
    .sort();
  expect(rows).toEqual(drawn.map((n) => [`clip-${n}.mp4`, `image ${n}`, `video ${n}`]).sort());
  for (const n of drawn.filter((even) => even % 2 === 0))
    expect((await database.video.findFirstOrThrow({ where: { path: `clip-${n}.mp4` } })).hash).toBe(
      hashes[n]?.slice(1, -1),
    );

  // The same import again changes nothing; asked for anew it is the same one.
  const again = await importDirectly(platform, SYSTEM, input('Captions'), { signal });
  expect(again).toMatchObject({ accepted: 5, captions: 10, notices: [] });

  const study = await createStudy(platform, SYSTEM, {
    project: 'lab',
    spec: studySpecSchema.parse({
      slug: 'captions',
      title: 'Captions',
      kind: 'caption',
      import: 'captions',
      arms: [{ name: 'coca' }, { name: 'vblip' }],
      prompts: rows.map(([key]) => ({ key: String(key), text: '' })),
    }),
  });
  expect(study).toMatchObject({ kind: 'caption', state: 'draft', prompts: 5 });
});

test('what can not be compared is refused before it starts', async () => {
  const outsider = await createTestUser(platform, 'researcher');
  const actor = { kind: 'user', userId: outsider.id, role: 'researcher' } as const;
  await expect(createImport(platform, actor, input('Foreign'))).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  for (const [source, words] of [
    [{ columns: ['coca', 'aes'] }, 'no captions named aes; it has'],
    [{ columns: ['coca', 'other'] }, 'no captions named other'],
    [{ dataset: 'nowhere' }, 'no dataset "nowhere"'],
    [{ version: 7 }, 'no version 7'],
  ] as const)
    await expect(createImport(platform, SYSTEM, input('Wrong', source))).rejects.toThrow(words);
  const videos = { ...input('Videos'), kind: 'video' as const };
  await expect(createImport(platform, SYSTEM, videos)).rejects.toThrow('kind "caption"');
});

test("a foreign table's column of hashes opens no blob", async () => {
  await makeClipTable(platform, folder, {
    project: 'lab',
    dataset: 'foreign',
    select: `SELECT md5('foreign') AS uid, 'elsewhere.mp4' AS path, ${hashes[0]} AS hash,
      'a' AS one, 'b' AS two`,
    columns: [{ name: 'hash', kind: 'text', type: 'VARCHAR' }, caption('one'), caption('two')],
  });
  const source = { dataset: 'foreign', columns: ['one', 'two'] };
  const detail = await importDirectly(platform, SYSTEM, input('Foreign table', source), { signal });
  expect(detail).toMatchObject({ accepted: 0, refused: 1 });
});

test('a clip that is not there is refused by itself', async () => {
  await makeClipTable(platform, folder, {
    project: 'lab',
    dataset: 'gone',
    select: `SELECT md5('gone-' || i) AS uid, 'gone-' || i || '.mp4' AS path, 'a' AS one, 'b' AS two
      FROM range(2) r(i)`,
    columns: [caption('one'), caption('two')],
  });
  const source = { dataset: 'gone', columns: ['one', 'two'] };
  const detail = await importDirectly(platform, SYSTEM, input('Gone', source), { signal });
  expect(detail).toMatchObject({ state: 'done', accepted: 0, refused: 2 });
});
