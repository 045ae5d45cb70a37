import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterEach, expect, test } from 'vitest';
import { createVersion } from '#lib/datasets/create-version.ts';
import { inspectSource } from '#lib/datasets/inspect-source.ts';
import { mappingSchema, newDatasetSchema } from '#lib/datasets/schema.ts';
import { quoteIdentifier, quoteLiteral } from '#lib/platform/tables/sql.ts';
import { canonicalRows, registerTable } from '#tests/factories/datasets.ts';
import { openTestFolder, SYSTEM } from '#tests/factories/imports.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';
import { createTestUser } from '#tests/factories/users.ts';

const platform = await openTestPlatform();
const { database, tables } = platform;
const project = await database.project.create({ data: { slug: 'lab', name: 'Lab' } });
const folder = openTestFolder();
const outside = openTestFolder();
const SECRET = 'the-secret-of-another-project';
outside.file('secret.csv', `path,aes\n${SECRET}.mp4,1\n`);
const limited = {
  ...platform,
  environment: { ...platform.environment, importRoots: [folder.path] },
};
const user = await createTestUser(platform, 'researcher');
await database.projectMember.create({
  data: { projectId: project.id, userId: user.id, role: 'researcher' },
});
const MEMBER = user.actor;

// Whatever a test did, nothing of the secret came into the database.
afterEach(async () => {
  const versions = await database.datasetVersion.findMany();
  const text = JSON.stringify(versions, (_, value) =>
    typeof value === 'bigint' ? Number(value) : value,
  );
  expect(text).not.toContain(SECRET);
});

const look = (path: string) =>
  inspectSource(limited, MEMBER, { project: 'lab', source: { kind: 'server', path } });
const ask = (path: string) =>
  createVersion(limited, MEMBER, {
    ...newDatasetSchema.parse({ name: 'Hostile', source: { kind: 'server', path } }),
    project: 'lab',
  });

async function makeParquet(name: string, statement: string): Promise<string> {
  const path = folder.at(name);
  await tables.run([`COPY (${statement}) TO ${quoteLiteral(path)} (FORMAT parquet)`], {
    files: [],
    outputs: [path],
  });
  return path;
}

test('C1: broken files are refused by name', async () => {
  const good = readFileSync(
    await makeParquet(
      'good.parquet',
      "SELECT i || '.mp4' AS path, i / 2.0 AS aes FROM range(5000) r(i)",
    ),
  );
  const footerOfGiants = Buffer.from(good);
  footerOfGiants.writeUInt32LE(0x7fffffff, good.length - 8);
  const files: Record<string, Uint8Array | string> = {
    'empty.parquet': '',
    'cut.parquet': good.subarray(0, good.length / 2),
    'no-footer.parquet': good.subarray(0, good.length - 9),
    'giant-footer.parquet': footerOfGiants,
    'text.parquet': 'path,aes\na.mp4,1\n',
    'encrypted.parquet': Buffer.concat([good.subarray(0, good.length - 4), Buffer.from('PARE')]),
    'empty.csv': '',
    'newlines.csv': '\n\n\n',
    'binary.csv': good,
    'cut.csv.gz': gzipSync(`path,aes\n${'a.mp4,1\n'.repeat(20_000)}`).subarray(0, 60),
    'no-gzip.csv.gz': 'path,aes\na.mp4,1\n',
    'twice.csv': 'path,aes,aes\na.mp4,1,2\n',
    'empty.jsonl': '',
    'list.jsonl': '[1,2]\n[3]\n',
    'binary.jsonl': good,
    'cut.jsonl': '{"path":"a.mp4","aes":1}\n{"path":"b.mp4","a',
    'deep.jsonl': `{"path":${'['.repeat(100_000)}${']'.repeat(100_000)}}\n`,
    'no-tar.tar': 'path,aes\na.mp4,1\n',
  };
  for (const [name, content] of Object.entries(files)) {
    folder.file(`broken/${name}`, content);
    const version = await registerTable(platform, name, folder.at(`broken/${name}`));
    expect(version, name).toMatchObject({ state: 'failed', hash: null, clips: null });
    const told = `${version.problem} ${JSON.stringify(version.validation?.problems)}`;
    expect(told, name).toMatch(new RegExp(`${name.replaceAll('.', '\\.')}|The table has no rows`));
    expect(told).not.toContain('/proc/');
  }
});

test('C1: a name of a column is a name, whatever it holds', async () => {
  const names = [
    "\"; ATTACH 'x.db'; --",
    "a' || (SELECT content FROM read_text('/etc/passwd')) || '",
    'two\nlines',
    'semi;colon',
    'back\\slash/and~tilde',
    '$path',
    "): COPY (SELECT 1) TO '/tmp/x'; --",
    "read_text('/etc/passwd')",
    '漢字 😀',
  ];
  const scores = Object.fromEntries(names.map((name, index) => [`score_${index}`, name]));
  const values = names.map((_, index) => index + 0.5);
  const expected = Object.fromEntries(values.map((value, index) => [`score_${index}`, value]));
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const path = "'; DROP TABLE x; --.mp4";
  folder.file(
    'names/a.csv',
    `${['path', ...names].map(cell).join(',')}\n${cell(path)},${values.join(',')}\n`,
  );
  const fields = { path, ...Object.fromEntries(names.map((name, index) => [name, values[index]])) };
  folder.file('names/a.jsonl', `${JSON.stringify(fields)}\n`);
  const columns = names.map((name, index) => `${values[index]} AS ${quoteIdentifier(name)}`);
  await makeParquet(
    'names/a.parquet',
    `SELECT ${quoteLiteral(path)} AS path, ${columns.join(', ')}`,
  );
  for (const ending of ['csv', 'jsonl', 'parquet']) {
    const at = folder.at(`names/a.${ending}`);
    const preview = await look(at);
    expect(preview.columns.map(({ name }) => name).toSorted()).toEqual(
      ['path', ...names].toSorted(),
    );
    const version = await registerTable(platform, `Names ${ending}`, at, {
      mapping: { path: 'path', scores },
    });
    expect(version, ending).toMatchObject({ problem: null, state: 'done' });
    expect(await canonicalRows(platform, `names-${ending}`)).toMatchObject([{ path, ...expected }]);
    // Left to Winnow, each gets a plain name of its own.
    expect(Object.keys(preview.mapping?.scores ?? {})).toHaveLength(names.length);
  }
});

test('C1: a mapping names columns, never anything that is run', async () => {
  folder.file('plain.csv', 'path,aes\na.mp4,1\n');
  const tricks = [
    "read_text('/etc/passwd')",
    "(SELECT content FROM read_text('/etc/passwd'))",
    "aes\" FROM read_csv('/etc/passwd'); --",
    "1; ATTACH '/tmp/x.db'",
    "aes); COPY t TO '/tmp/x.csv'; --",
    '*',
    'COLUMNS(*)',
  ];
  for (const column of tricks) {
    const version = await registerTable(platform, 'Trick', folder.at('plain.csv'), {
      mapping: { path: 'path', scores: { aes: column } },
    });
    expect(version.state, column).toBe('failed');
    expect(version.problem).toMatch(/^plain\.csv, .*It has no column/);
  }
  for (const name of ['a"b', 'uid', '_file', 'A', 'a b', '', 'x'.repeat(64)])
    expect(
      mappingSchema.safeParse(JSON.parse(`{"path":"p","scores":{${JSON.stringify(name)}:"aes"}}`))
        .success,
      name,
    ).toBe(false);
});

test('C1: nothing outside of the import roots is read, by path, link or pattern', async () => {
  const secret = outside.at('secret.csv');
  symlinkSync(secret, folder.at('link.csv'));
  symlinkSync(outside.path, folder.at('linked'));
  mkdirSync(folder.at('mixed'));
  folder.file('mixed/a.csv', 'path,aes\na.mp4,1\n');
  symlinkSync(secret, folder.at('mixed/b.csv'));
  folder.file('stars/*.csv', 'path,aes\nstar.mp4,1\n');
  const refused = [
    secret,
    outside.path,
    '/etc/passwd',
    '/',
    '/**',
    '/etc/*',
    'relative.csv',
    folder.at('link.csv'),
    folder.at('linked'),
    join(folder.at('linked'), 'secret.csv'),
    join(folder.at('linked'), '*.csv'),
    `${folder.path}/../${outside.path.split('/').at(-1)}/secret.csv`,
    `${folder.path}/*/../../${outside.path.split('/').at(-1)}/*.csv`,
    `${outside.path}/*.csv`,
    's3://bucket/key.csv',
    's3://Bad_Bucket/x',
    'https://example.org/a.csv',
    'file:///etc/passwd',
  ];
  for (const path of refused)
    for (const act of [look, ask])
      await expect(act(path), path).rejects.toMatchObject({
        name: 'AppError',
        code: expect.stringMatching(/FORBIDDEN|BAD_INPUT|NOT_FOUND/),
      });
  const preview = await look(folder.at('mixed'));
  expect(preview.fileNames).toEqual(['a.csv']);
  expect(preview.passedOver).toEqual([
    { file: 'b.csv', reason: expect.stringContaining('WINNOW_IMPORT_ROOTS') },
  ]);
  // A name with a star is a file of this name.
  const star = await look(folder.at('stars/*.csv'));
  expect(star).toMatchObject({ files: 1, rows: [{ path: 'star.mp4' }] });
});

test('C1: a token of another project, or a made-up one, gives no file', async () => {
  const { uploadToken } = await import('#lib/datasets/sources/upload-token.ts');
  const { hash } = await platform.blobs.putFile(outside.at('secret.csv'));
  const other = uploadToken(platform.secret, project.id + 1, hash);
  for (const token of [other, hash, `${hash}.`, '', `${hash}.${'a'.repeat(43)}`])
    await expect(
      inspectSource(limited, MEMBER, {
        project: 'lab',
        source: { kind: 'upload', token, name: 'a.csv' },
      }),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('C1: names inside a shard lead nowhere, and a sidecar of many bytes is passed over', async () => {
  const shard = pack();
  shard.entry({ name: '../../../../tmp/escaped.json' }, '{"aes": 1}');
  shard.entry({ name: '/etc/cron.d/absolute.json' }, '{"aes": 2}');
  shard.entry({ name: 'link.json', type: 'symlink', linkname: outside.at('secret.csv') });
  shard.entry({ name: 'big.json' }, `{"aes": "${'x'.repeat(2 * 1024 ** 2)}"}`);
  shard.entry({ name: 'plain.json' }, '{"aes": 3, "path": "plain.mp4"}');
  shard.finalize();
  folder.file('shard.tar', await buffer(shard));
  const version = await registerTable(platform, 'Shard', folder.at('shard.tar'));
  expect(version).toMatchObject({ state: 'done', clips: 3 });
  const rows = await canonicalRows(platform, 'shard');
  expect(rows.map(({ aes }) => aes).toSorted()).toEqual([1, 2, 3]);
});

test('C1, U4: bytes of a Parquet file changed at random end as a table or as a refusal', async () => {
  const good = readFileSync(
    await makeParquet(
      'fuzz.parquet',
      "SELECT i || '.mp4' AS path, i / 2.0 AS aes, 'caption ' || (i % 7) AS text FROM range(300) r(i)",
    ),
  );
  // A generator of its own, so that a failure can be repeated.
  let state = 20_260_101;
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const path = folder.at('mutant.parquet');
  const source = { kind: 'server' as const, path };
  const ended = { looked: 0, refused: 0 };
  for (let round = 0; round < 80; round++) {
    const bytes = Buffer.from(good);
    for (let change = 0; change <= random(8); change++) {
      // Half of the changes go into the footer, where the structure is.
      const from = random(2) === 0 ? Math.max(0, bytes.length - 900) : 0;
      bytes[from + random(bytes.length - from)] = random(256);
    }
    writeFileSync(path, random(10) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes);
    const started = performance.now();
    await inspectSource(platform, SYSTEM, { project: 'lab', source }).then(
      () => ended.looked++,
      (error: unknown) => {
        expect(error, `round ${round}`).toMatchObject({ name: 'AppError' });
        expect(error).not.toMatchObject({ code: 'UNAVAILABLE' });
        ended.refused++;
      },
    );
    expect(performance.now() - started, `round ${round}`).toBeLessThan(10_000);
  }
  expect(ended.looked).toBeGreaterThan(5);
  expect(ended.refused).toBeGreaterThan(5);
  expect(await tables.query('SELECT 1 AS one', { files: [] })).toEqual([{ one: 1 }]);
});
