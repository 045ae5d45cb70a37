import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { expect, test } from 'vitest';
import { deleteDataset } from '#lib/datasets/delete-dataset.ts';
import { inspectSource } from '#lib/datasets/inspect-source.ts';
import { listDatasets } from '#lib/datasets/list-datasets.ts';
import { readVersion } from '#lib/datasets/read-version.ts';
import { quoteLiteral } from '#lib/platform/tables/sql.ts';
import { canonicalRows, registerTable } from '#tests/factories/datasets.ts';
import { openTestFolder, SYSTEM } from '#tests/factories/imports.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';

const platform = await openTestPlatform();
await platform.database.project.create({ data: { slug: 'lab', name: 'Lab' } });

const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const clip = (number: number) => ({
  path: `clip-${number}.mp4`,
  text: `A caption, "quoted", number ${number}`,
  num_frames: 16 + number,
  width: 320,
  fps: 8.5,
  aes: number / 8,
  flow: number % 5 === 0 ? null : number * 1.5,
});
const clips = Array.from({ length: 40 }, (_, number) => clip(number));
type Clip = ReturnType<typeof clip>;

function csv(rows: readonly Clip[], end = '\n'): string {
  const cell = (value: unknown) =>
    typeof value === 'string' ? `"${value.replaceAll('"', '""')}"` : (value ?? '');
  const names = Object.keys(clip(0));
  return [names.join(','), ...rows.map((row) => Object.values(row).map(cell).join(','))]
    .map((line) => line + end)
    .join('');
}
const jsonl = (rows: readonly Clip[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

async function parquet(
  folder: ReturnType<typeof openTestFolder>,
  name: string,
  rows: readonly Clip[],
) {
  folder.file('rows.jsonl', jsonl(rows));
  const [from, to] = [folder.at('rows.jsonl'), folder.at(name)];
  await platform.tables.run(
    [
      `COPY (SELECT * FROM read_json(${quoteLiteral(from)}, format = 'newline_delimited', columns =
        {path: 'VARCHAR', text: 'VARCHAR', num_frames: 'INTEGER', width: 'SMALLINT', fps: 'FLOAT', aes: 'DOUBLE', flow: 'DECIMAL(10, 2)'}))
       TO ${quoteLiteral(to)} (FORMAT parquet, ROW_GROUP_SIZE 2048)`,
    ],
    { files: [from], outputs: [to] },
  );
}

test('Parquet, CSV, JSONL and WebDataset of the same clips, in any order, are one table', async () => {
  const folder = openTestFolder();
  const reversed = clips.toReversed();
  await parquet(folder, 'parquet/b.parquet', reversed.slice(0, 7));
  await parquet(folder, 'parquet/sub/a.parquet', reversed.slice(7));
  folder.file('one.csv', csv(clips));
  folder.file('csv/1.csv', csv(reversed.slice(0, 11), '\r\n'));
  folder.file('csv/2.csv.gz', gzipSync(csv(reversed.slice(11, 20))));
  folder.file('csv/3.csv.zst', zstdCompressSync(csv(reversed.slice(20))));
  folder.file('rows.ndjson', jsonl(reversed));
  for (const row of clips.slice(0, 20)) {
    const { path, text, ...rest } = row;
    const stem = path.replace('.mp4', '');
    folder.file(`side/${stem}.json`, JSON.stringify({ ...rest, path }));
    folder.file(`side/${stem}.txt`, `${text}\n`);
    folder.file(`side/${stem}.mp4`, 'no video');
  }
  const shard = pack();
  for (const { path, ...rest } of clips.slice(20)) {
    const stem = path.replace('.mp4', '');
    shard.entry({ name: `${stem}.mp4` }, 'no video');
    shard.entry({ name: `${stem}.json` }, JSON.stringify({ ...rest, path }));
  }
  shard.finalize();
  folder.file('side/shard-000.tar', await buffer(shard));

  const mapping = {
    path: 'path',
    numbers: { num_frames: 'num_frames', width: 'width', fps: 'fps' },
    scores: { aes: 'aes', flow: 'flow' },
    captions: { text: 'text' },
  };
  const sources = {
    parquet: folder.at('parquet'),
    pattern: folder.at('parquet/**/*.parquet'),
    csv: folder.at('one.csv'),
    shuffled: folder.at('csv'),
    jsonl: folder.at('rows.ndjson'),
    webdataset: folder.at('side'),
  };
  const versions = [];
  for (const [name, path] of Object.entries(sources)) {
    const version = await registerTable(platform, name, path, { mapping });
    expect(version, name).toMatchObject({ problem: null, state: 'done', clips: 40, refused: 0 });
    versions.push(version);
  }
  expect(new Set(versions.map(({ hash }) => hash)).size).toBe(1);
  expect(versions[0]?.columns.map(({ name, type, missing }) => [name, type, missing])).toEqual([
    ['uid', 'VARCHAR', 0],
    ['path', 'VARCHAR', 0],
    ['fps', 'DOUBLE', 0],
    ['num_frames', 'BIGINT', 0],
    ['width', 'BIGINT', 0],
    ['aes', 'DOUBLE', 0],
    ['flow', 'DOUBLE', 8],
    ['text', 'VARCHAR', 0],
  ]);
  const rows = await canonicalRows(platform, 'webdataset');
  const expected = clips
    .map(({ path, ...rest }) => ({ uid: md5(path), path, ...rest }))
    .toSorted((a, b) => (a.uid < b.uid ? -1 : 1));
  expect(rows).toEqual(expected);
});

test('nothing mapped: names and types tell; a look says so before', async () => {
  const folder = openTestFolder();
  folder.file(
    'table.csv',
    'video_path,uid,Aesthetic Score,sharpness,caption_blip,Source;Site\n' +
      `a.mp4,${md5('a').toUpperCase()},5.5,1e3,A dog,web\nb.mp4,${md5('b')},nan,,"B, too",web\n`,
  );
  const source = { kind: 'server' as const, path: folder.at('table.csv') };
  const preview = await inspectSource(platform, SYSTEM, { project: 'lab', source });
  expect(preview).toMatchObject({ format: 'csv', files: 1, fileNames: ['table.csv'] });
  expect(preview.rows[1]).toMatchObject({ video_path: 'b.mp4', caption_blip: 'B, too' });
  expect(preview.mapping).toEqual({
    path: 'video_path',
    uid: 'uid',
    numbers: {},
    scores: { aesthetic_score: 'Aesthetic Score', sharpness: 'sharpness' },
    captions: { caption_blip: 'caption_blip' },
    texts: { source_site: 'Source;Site' },
  });
  const version = await registerTable(platform, 'Suggested', source.path);
  expect(version).toMatchObject({ state: 'done', clips: 2, mapping: preview.mapping });
  const score = version.columns.find(({ name }) => name === 'aesthetic_score');
  expect(score).toMatchObject({ missing: 1, notFinite: 1, from: 'Aesthetic Score' });
  expect((await canonicalRows(platform, 'suggested')).map(({ uid }) => uid).toSorted()).toEqual(
    [md5('a'), md5('b')].toSorted(),
  );
});

test('bad rows are refused by name; too many of them fail the registration', async () => {
  const folder = openTestFolder();
  const lines = [
    ...clips.map(({ path, aes, num_frames }) => `${path},${aes},${num_frames}`),
    'x.mp4,many,16',
    ',1,16',
    'y.mp4,1,-3',
    'z.mp4,1',
    'w.mp4,N/A,1.5',
  ];
  folder.file('bad.csv', `path,aes,num_frames\n${lines.join('\n')}\n`);
  const failed = await registerTable(platform, 'Bad', folder.at('bad.csv'));
  expect(failed).toMatchObject({ state: 'failed', hash: null, refused: 5 });
  expect(failed.problem).toBe(
    '5 of 45 rows are refused, more than the 1 % that are tolerated. The first: row 41 of bad.csv, column aes. It has to be a number.',
  );
  expect(failed.validation?.problems).toEqual([
    { file: 'bad.csv', row: 41, column: 'aes', value: 'many', message: 'It has to be a number.' },
    {
      file: 'bad.csv',
      row: 42,
      column: 'path',
      value: null,
      message: 'The path may not be empty.',
    },
    {
      file: 'bad.csv',
      row: 43,
      column: 'num_frames',
      value: '-3',
      message: 'It has to be a whole number from 1 to 1000000000.',
    },
    expect.objectContaining({ row: 44, column: null, value: 'z.mp4,1' }),
    expect.objectContaining({ column: 'num_frames', value: '1.5' }),
  ]);
  const tolerated = await registerTable(platform, 'Bad', folder.at('bad.csv'), { tolerance: 0.2 });
  expect(tolerated).toMatchObject({ number: 2, state: 'done', clips: 40, refused: 5 });
});

test('a clip that is there twice, or a column that is not, fails with its place', async () => {
  const folder = openTestFolder();
  folder.file('twice/1.csv', csv(clips.slice(0, 20)));
  folder.file('twice/2.csv', csv(clips.slice(19)));
  expect((await registerTable(platform, 'Twice', folder.at('twice'))).problem).toBe(
    'The clip "clip-19.mp4" is there twice: row 20 of 1.csv and row 1 of 2.csv. Each clip may be in the table once; map another key where the path does not tell clips apart.',
  );
  folder.file('lacks/1.csv', 'path,aes\na.mp4,1\n');
  folder.file('lacks/2.csv', 'path,flow\nb.mp4,1\n');
  expect((await registerTable(platform, 'Lacks', folder.at('lacks'))).problem).toBe(
    '2.csv, column aes: It has no column "aes". Its columns are "path", "flow".',
  );
  folder.file('empty.csv', 'path,aes\n');
  expect((await registerTable(platform, 'Empty', folder.at('empty.csv'))).problem).toBe(
    'The table has no rows.',
  );
  folder.file('pathless.csv', 'a,b\n1,2\n');
  expect((await registerTable(platform, 'Pathless', folder.at('pathless.csv'))).problem).toMatch(
    /^No column of pathless.csv looks like the path of a clip; name it in a mapping. Its columns are "a", "b"/,
  );
});

test('versions are counted, listed and, until subsets are made, deleted', async () => {
  const folder = openTestFolder();
  folder.file('a.csv', csv(clips));
  folder.file('b.csv', csv(clips.slice(1)));
  await registerTable(platform, 'Counted', folder.at('a.csv'));
  const second = await registerTable(platform, 'Counted', folder.at('b.csv'));
  expect(second.number).toBe(2);
  const address = { project: 'lab', dataset: 'counted' };
  expect(await readVersion(platform, SYSTEM, address)).toMatchObject({ number: 2, clips: 39 });
  const listed = await listDatasets(platform, SYSTEM, { project: 'lab' });
  expect(listed[0]).toMatchObject({ slug: 'counted', versions: [{ number: 2 }, { number: 1 }] });
  await deleteDataset(platform, SYSTEM, address);
  await expect(readVersion(platform, SYSTEM, address)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
