import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { buffer, json, text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { addAxisDirectly } from '#lib/datasets/axes/add-axis-directly.ts';
import { createAxis } from '#lib/datasets/axes/create-axis.ts';
import { deleteAxis } from '#lib/datasets/axes/delete-axis.ts';
import { getAxis } from '#lib/datasets/axes/get-axis.ts';
import { newAxisSchema } from '#lib/datasets/axes/schema.ts';
import { createManifest } from '#lib/datasets/manifests/create-manifest.ts';
import { makeManifestDirectly } from '#lib/datasets/manifests/make-manifest-directly.ts';
import { openManifest } from '#lib/datasets/manifests/open-manifest.ts';
import { resumeSubsets } from '#lib/datasets/manifests/resume-subsets.ts';
import type { ManifestFormat } from '#lib/datasets/manifests/schema.ts';
import { registerParts } from '#lib/datasets/register-parts.ts';
import { combineCuts } from '#lib/datasets/subsets/combine-cuts.ts';
import { listSubsets } from '#lib/datasets/subsets/list-subsets.ts';
import { quoteLiteral } from '#lib/platform/tables/sql.ts';
import { createTables } from '#lib/platform/tables/tables.ts';
import { openTestFolder, SYSTEM } from '#tests/factories/imports.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';

const platform = await openTestPlatform();
await platform.database.project.create({ data: { slug: 'lab', name: 'Lab' } });
const folder = openTestFolder();
const { signal } = new AbortController();
const CLIPS = 1000;
const md5 = (value: string) => createHash('md5').update(value).digest('hex');

/** Clip i: aes i % 100, flow i (missing for every tenth), a label, two captions. */
const clips = (order: 'ASC' | 'DESC') => `SELECT md5('clip-' || i) AS uid,
    printf('shard-%02d.tar/%04d.mp4', i // 100, i) AS path, i % 100::DOUBLE AS aes,
    CASE WHEN i % 10 <> 0 THEN i::DOUBLE END AS flow,
    CASE WHEN i % 100 < 30 THEN 'bad' ELSE 'good' END AS kind,
    'a short one, ' || i AS coca, CASE WHEN i % 4 <> 0 THEN 'a "long" one' || chr(10) || i END AS llm
  FROM range(${CLIPS}) r(i) ORDER BY i ${order}`;

async function register(slug: string, order: 'ASC' | 'DESC') {
  const path = folder.at(`${slug}.parquet`);
  await platform.tables.run([`COPY (${clips(order)}) TO ${quoteLiteral(path)} (FORMAT parquet)`], {
    files: [],
    outputs: [path],
  });
  const column = (name: string, kind: 'score' | 'text' | 'caption' | 'path') => ({
    name,
    kind,
    type: kind === 'score' ? ('DOUBLE' as const) : ('VARCHAR' as const),
  });
  return registerParts(platform, SYSTEM, {
    project: 'lab',
    dataset: { slug, name: slug },
    tables: [
      {
        files: [path],
        columns: [
          column('path', 'path'),
          column('aes', 'score'),
          column('flow', 'score'),
          column('kind', 'text'),
          column('coca', 'caption'),
          column('llm', 'caption'),
        ],
      },
    ],
    lineage: {
      aes: { scorer: 'aesthetics', version: 3, settings: { shift: 1 }, models: { head: 'ab' } },
    },
    signal,
  });
}
await register('clips', 'ASC');
await register('turned', 'DESC');

const at = (dataset: string) => ({ project: 'lab', dataset });
const addAxis = (dataset: string, score: string, changes: object = {}) =>
  addAxisDirectly(
    platform,
    SYSTEM,
    {
      ...at(dataset),
      ...newAxisSchema.parse({ name: score, definition: { score, direction: 'low', ...changes } }),
    },
    { signal },
  );
const aes = await addAxis('clips', 'aes', { hasControl: true });
const flow = await addAxis('clips', 'flow', { fractions: [0, 0.05, 0.25] });

test('an axis tells its cuts, what they remove and the clips around them', () => {
  expect(aes.result).toMatchObject({ clips: CLIPS, sampled: CLIPS, missing: 0 });
  expect(aes.result?.fractions).toMatchObject([
    { fraction: 0, removed: 0, kept: 1000, cut: null, subset: 'aes-0', control: null },
    { removed: 125, kept: 875, cut: { value: 12 }, ties: { clips: 10, removed: 5 } },
    { removed: 250, kept: 750, cut: { value: 24 }, ties: { clips: 10, removed: 10 } },
    { removed: 500, kept: 500, subset: 'aes-50', control: 'aes-50-random' },
  ]);
  expect(aes.result?.labels).toEqual([
    {
      column: 'kind',
      labels: [
        { label: 'good', clips: 700, removed: [0, 0, 0, 200] },
        { label: 'bad', clips: 300, removed: [0, 125, 250, 300] },
      ],
    },
  ]);
  const scoreOf = new Map(
    Array.from({ length: CLIPS }, (_, i) => [md5(`clip-${i}`), i % 100] as const),
  );
  const around = aes.result?.fractions[2]?.around;
  expect(around?.removed.map((uid) => scoreOf.get(uid))).toEqual(Array(8).fill(24));
  expect(around?.kept.map((uid) => scoreOf.get(uid))).toEqual(Array(8).fill(25));
  expect(flow.result).toMatchObject({
    missing: 100,
    fractions: [
      { removed: 0 },
      { removed: 50, removedMissing: 50, cut: { value: null }, ties: { clips: 100, removed: 50 } },
      { removed: 250, removedMissing: 100, cut: { value: 166 } },
    ],
  });
});

test('overlaps of two axes are told by both', async () => {
  const { result } = await getAxis(platform, SYSTEM, { ...at('clips'), axis: 'aes' });
  const find = (a: string, b: string) =>
    result?.overlaps.find((each) => each.a === a && each.b === b);
  const kept = Array.from({ length: CLIPS }, (_, i) => i);
  const both = kept.filter((i) => i % 100 >= 25 && i % 10 !== 0 && i > 166).length;
  expect(find('aes-25', 'flow-25')).toEqual({
    a: 'aes-25',
    b: 'flow-25',
    clipsA: 750,
    clipsB: 750,
    both,
    jaccard: both / (1500 - both),
  });
  expect(find('aes-12p5', 'aes-50')).toMatchObject({ both: 500 });
  expect(find('aes-50', 'aes-50-random')).toMatchObject({ clipsB: 500 });
});

test('asking again gives the same axis; another one of that name is refused', async () => {
  expect(await addAxis('clips', 'aes', { hasControl: true })).toMatchObject({
    state: 'done',
    createdAt: aes.createdAt,
  });
  await expect(addAxis('clips', 'aes', { direction: 'high' })).rejects.toMatchObject({
    code: 'CONFLICT',
    data: { field: 'name' },
  });
  await expect(addAxis('clips', 'ocr')).rejects.toMatchObject({
    code: 'BAD_INPUT',
    data: { field: 'score' },
  });
  await expect(addAxis('clips', 'kind')).rejects.toMatchObject({ code: 'BAD_INPUT' });
});

const make = (dataset: string, subset: string, format: ManifestFormat, tables = platform.tables) =>
  makeManifestDirectly(
    { ...platform, tables },
    SYSTEM,
    { ...at(dataset), subset, format },
    { signal },
  );
const open = async (subset: string, format: ManifestFormat, part: 'file' | 'sidecar' = 'file') =>
  (await openManifest(platform, SYSTEM, { ...at('clips'), subset, format, part })).body;
const FORMATS: readonly ManifestFormat[] = ['parquet', 'csv', 'jsonl', 'npy', 'webdataset'];

test('the same clips and rule give the same bytes in every format', async () => {
  await addAxis('turned', 'aes', { hasControl: true });
  const many = createTables({ scratchDir: folder.at('scratch'), processes: 1, threads: 5 });
  for (const format of FORMATS) {
    const first = await make('clips', 'aes-25', format);
    const second = await make('turned', 'aes-25', format, many);
    expect(second.hash, format).toBe(first.hash);
    expect(second.sidecarHash, format).toBe(first.sidecarHash);
    expect(first).toMatchObject({
      state: 'done',
      fileName: expect.stringContaining('clips-v1-aes-25.'),
    });
  }
  many.close();
});

test('each format lists the same clips in the order of their uids', async () => {
  const kept = Array.from({ length: CLIPS }, (_, i) => i)
    .filter((i) => i % 100 >= 25)
    .map((i) => md5(`clip-${i}`))
    .sort();
  const lines = (await text(await open('aes-25', 'jsonl'))).trimEnd().split('\n');
  const rows = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(rows.map(({ uid }) => uid)).toEqual(kept);
  expect(Object.keys(rows[0] ?? {})).toEqual(['uid', 'path', 'aes', 'coca', 'llm']);
  const npy = await buffer(await open('aes-25', 'npy'));
  const uids = Array.from({ length: kept.length }, (_, index) =>
    [0, 8]
      .map((offset) =>
        npy
          .readBigUInt64LE(128 + 16 * index + offset)
          .toString(16)
          .padStart(16, '0'),
      )
      .join(''),
  );
  expect(uids).toEqual(kept);
  const shards = (await text(await open('aes-25', 'webdataset'))).trimEnd().split('\n');
  expect(shards.slice(0, 2)).toEqual([
    'shard\tkey\tpath',
    'shard-00.tar\t0025\tshard-00.tar/0025.mp4',
  ]);
  expect(shards.length).toBe(751);
});

test('the file says of itself what it is', async () => {
  await make('clips', 'aes-25', 'parquet');
  const facts = {
    format: 'winnow-manifest-1',
    columns: ['uid', 'path', 'aes', 'coca', 'llm'],
    subset: { clips: 750 },
    definition: { cuts: [{ axis: 'aes', fraction: 0.25, cut: { value: 24 } }] },
    scorers: { aes: { scorer: 'aesthetics', version: 3, models: { head: 'ab' } } },
  };
  const sidecar = (await json(await open('aes-25', 'parquet', 'sidecar'))) as Record<
    string,
    unknown
  >;
  expect(sidecar).toMatchObject({ ...facts, file: 'parquet' });
  const bytes = await buffer(await open('aes-25', 'parquet'));
  expect(sidecar.manifest).toEqual({
    hash: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
  });
  const path = folder.at('manifest.parquet');
  writeFileSync(path, bytes);
  const [row] = await platform.tables.query(
    `SELECT decode(value) AS value FROM parquet_kv_metadata(${quoteLiteral(path)}) WHERE decode(key) = 'winnow'`,
    { files: [path] },
  );
  expect(JSON.parse(String(row?.value))).toMatchObject(facts);
});

test('cuts are combined, with what each keeps alone, a random drop and drawn captions', async () => {
  const input = {
    ...at('clips'),
    name: 'Both',
    parts: [
      { axis: 'flow', fraction: 0.25 },
      { axis: 'aes', fraction: 0.25 },
    ],
    captionMix: {
      columns: [
        { column: 'coca', weight: 0.25 },
        { column: 'llm', weight: 0.75 },
      ],
      seed: 5,
    },
    hasControl: true,
  };
  const made = await combineCuts(platform, SYSTEM, input);
  const together = Array.from({ length: CLIPS }, (_, i) => i).filter(
    (i) => i % 100 >= 25 && i % 10 !== 0 && i > 166,
  );
  expect(made).toMatchObject({
    subset: {
      slug: 'both',
      axis: null,
      clips: together.length,
      counts: {
        sampled: CLIPS,
        alone: [
          { axis: 'aes', fraction: 0.25, kept: 750 },
          { axis: 'flow', fraction: 0.25, kept: 750 },
        ],
        together: together.length,
      },
    },
    control: { slug: 'both-random', isControl: true, clips: together.length },
  });
  expect(await combineCuts(platform, SYSTEM, input)).toEqual(made);
  await make('clips', 'both', 'jsonl');
  await make('clips', 'both-random', 'npy');
  const lines = (await text(await open('both', 'jsonl'))).trimEnd().split('\n');
  const expected = together
    .map((i) => {
      const uid = md5(`clip-${i}`);
      const u = Number.parseInt(md5(`5:caption:${uid}`).slice(0, 13), 16) / 2 ** 52;
      const isFirst = i % 4 === 0 || u < 0.25;
      return {
        uid,
        text: isFirst ? `a short one, ${i}` : `a "long" one\n${i}`,
        text_column: isFirst ? 'coca' : 'llm',
      };
    })
    .sort((a, b) => (a.uid < b.uid ? -1 : 1));
  expect(lines.map((line) => JSON.parse(line))).toMatchObject(expected);
});

test('what does not fit together is refused', async () => {
  const small = newAxisSchema.parse({
    name: 'small',
    definition: {
      score: 'aes',
      direction: 'low',
      sample: { size: 500, seed: 3 },
      fractions: [0.5],
    },
  });
  const axis = await addAxisDirectly(platform, SYSTEM, { ...at('clips'), ...small }, { signal });
  expect(axis.result).toMatchObject({ sampled: 500, fractions: [{ kept: 250 }] });
  const combine = (parts: { axis: string; fraction: number }[]) =>
    combineCuts(platform, SYSTEM, { ...at('clips'), name: 'Odd', parts });
  await expect(
    combine([
      { axis: 'small', fraction: 0.5 },
      { axis: 'aes', fraction: 0.25 },
    ]),
  ).rejects.toMatchObject({ code: 'CONFLICT', data: { reason: 'samples' } });
  await expect(combine([{ axis: 'aes', fraction: 0.3 }])).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  // One cut alone is the axis's own subset.
  const { subset } = await combine([{ axis: 'aes', fraction: 0.5 }]);
  expect(subset.slug).toBe('aes-50');
});

test('work of a dead process is taken up, and an axis in a study stays', async () => {
  const { database, asked } = platform;
  const queued = newAxisSchema.parse({
    name: 'Later',
    definition: { score: 'flow', direction: 'high' },
  });
  await createAxis(platform, SYSTEM, { ...at('clips'), ...queued });
  await createManifest(platform, SYSTEM, { ...at('clips'), subset: 'aes-0', format: 'csv' });
  expect(asked.slice(-2).map(({ name }) => name)).toEqual(['compute-axis', 'make-manifest']);
  const dead = { state: 'running', heartbeatAt: new Date(0) } as const;
  await database.datasetAxis.updateMany({ where: { slug: 'later' }, data: dead });
  await database.manifest.updateMany({ where: { state: 'waiting' }, data: dead });
  expect(await resumeSubsets(platform)).toBe(2);
  await deleteAxis(platform, SYSTEM, { ...at('clips'), axis: 'later' });
  const project = await database.project.findUniqueOrThrow({ where: { slug: 'lab' } });
  await database.study.create({
    data: {
      projectId: project.id,
      slug: 'looks',
      kind: 'video',
      title: 'Looks',
      seed: 1,
      joinCode: 'j',
      trialCode: 't',
      spec: { axis: { name: 'aes', dataset: { dataset: 'clips', version: 1, axis: 'aes' } } },
    },
  });
  await expect(deleteAxis(platform, SYSTEM, { ...at('clips'), axis: 'aes' })).rejects.toMatchObject(
    { code: 'CONFLICT' },
  );
  expect((await listSubsets(platform, SYSTEM, { ...at('clips'), axis: 'aes' })).length).toBe(7);
});
