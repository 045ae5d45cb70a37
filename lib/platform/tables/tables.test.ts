import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parquetRows, quoteIdentifier, quoteLiteral } from './sql.ts';
import { createTables } from './tables.ts';

const folder = mkdtempSync(join(tmpdir(), 'winnow-tables-'));
const scratchDir = join(folder, 'scratch');
const tables = createTables({ scratchDir, threads: 1, processes: 1, memoryMebibytes: 128 });
afterAll(() => {
  tables.close();
  rmSync(folder, { recursive: true, force: true });
});
const at = (name: string) => join(folder, name);
const none = { files: [] };
const write = (name: string, content: string) => {
  writeFileSync(at(name), content);
  return at(name);
};

test('a query gives plain values', async () => {
  const rows = await tables.query(
    `SELECT 7::BIGINT AS small, 9007199254740993::BIGINT AS large, 'nan'::DOUBLE AS nan, 0.5 AS half,
       [1, 2] AS list, {'a': 'b'} AS struct, DATE '2026-01-02' AS day, 'a'::BLOB AS bytes, NULL AS empty,
       $text AS text, list_contains($texts, 'y') AS held`,
    { files: [], parameters: { text: "it's", texts: ['x', 'y'] } },
  );
  expect(rows).toEqual([
    {
      small: 7,
      large: '9007199254740993',
      nan: null,
      half: 0.5,
      list: [1, 2],
      struct: { a: 'b' },
      day: '2026-01-02',
      bytes: '61',
      empty: null,
      text: "it's",
      held: true,
    },
  ]);
});

test('statements of a run share their temporary tables and write the named files', async () => {
  const [first, second] = [at('a.parquet'), at("b'; select.parquet")];
  const counts = await tables.run(
    [
      'CREATE TEMP TABLE t AS SELECT i AS "a ""b" FROM range(5) r(i)',
      `COPY t TO ${quoteLiteral(first)} (FORMAT parquet)`,
      `COPY (FROM t WHERE ${quoteIdentifier('a "b')} > $least) TO ${quoteLiteral(second)} (FORMAT parquet)`,
    ],
    { files: [], outputs: [first, second], parameters: { least: 2 } },
  );
  expect(counts).toEqual([0, 5, 2]);
  const rows = await tables.query(`SELECT count(*) AS n FROM ${parquetRows([first, second])}`, {
    files: [first, second],
  });
  expect(rows).toEqual([{ n: 7 }]);
});

test('uids become a structured array of NumPy, in their order', async () => {
  const output = at('uids.npy');
  const uids = ['000000000000000a00000000000000ff', 'ffffffffffffffff0000000000000001'];
  const statement = 'SELECT unnest($uids) AS uid ORDER BY uid';
  const count = await tables.writeNpy(statement, { files: [], output, parameters: { uids } });
  expect(count).toBe(2);
  const bytes = readFileSync(output);
  expect(bytes.length).toBe(128 + 32);
  expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x93NUMPY\x01\x00');
  expect(bytes.readUInt16LE(8)).toBe(118);
  expect(bytes.subarray(10, 128).toString()).toMatch(
    /^\{'descr': \[\('f0', '<u8'\), \('f1', '<u8'\)\], 'fortran_order': False, 'shape': \(2,\), \} +\n$/,
  );
  const numbers = [0, 1, 2, 3].map((index) => bytes.readBigUInt64LE(128 + index * 8));
  expect(numbers).toEqual([10n, 255n, 2n ** 64n - 1n, 1n]);
  await expect(
    tables.writeNpy("SELECT 'no uid'", { files: [], output: at('bad.npy') }),
  ).rejects.toMatchObject({ code: 'BAD_INPUT' });
  expect(await readdir(folder)).not.toContain('bad.npy');
});

test('a statement reaches the named files and nothing else', async () => {
  const outside = write('outside.csv', 'a\n1\n');
  const inside = write('inside.csv', 'a\n2\n');
  symlinkSync('/etc/passwd', at('link.csv'));
  expect(
    await tables.query('FROM read_csv($path)', { files: [inside], parameters: { path: inside } }),
  ).toEqual([{ a: 2 }]);
  const refused = [
    `FROM read_csv(${quoteLiteral(outside)})`,
    `FROM read_text(${quoteLiteral(outside)})`,
    `FROM read_blob('/etc/passwd')`,
    `FROM glob('/etc/*')`,
    `FROM '${outside}'`,
    `FROM read_csv(${quoteLiteral(`${folder}/*.csv`)})`,
    `FROM read_text(${quoteLiteral(`${inside}/../outside.csv`)})`,
    `FROM read_csv(${quoteLiteral(at('link.csv'))})`,
    "FROM read_csv('https://example.org/a.csv')",
    "FROM read_parquet('s3://bucket/a.parquet')",
    `COPY (SELECT 1) TO ${quoteLiteral(at('written.csv'))}`,
    `ATTACH ${quoteLiteral(at('other.db'))}`,
    "ATTACH ':memory:' AS other",
    'INSTALL httpfs',
    'LOAD httpfs',
    'SET enable_external_access = true',
    'RESET lock_configuration',
    "SET VARIABLE a = (SELECT content FROM read_text('/etc/passwd'))",
    "CALL enable_logging(storage = 'file', storage_path = '/tmp')",
    "PRAGMA profiling_output = '/tmp/winnow-profile'",
    `EXPORT DATABASE ${quoteLiteral(at('export'))}`,
    `IMPORT DATABASE ${quoteLiteral(folder)}`,
    'CREATE SECRET (TYPE s3)',
    'SELECT 1; SELECT 2',
    "PREPARE p AS FROM read_text('/etc/passwd')",
    'CHECKPOINT',
  ];
  for (const statement of refused)
    await expect(
      tables.run([statement], { files: [inside], outputs: [] }),
      statement,
    ).rejects.toMatchObject({
      name: 'AppError',
      code: expect.stringMatching(/BAD_INPUT|FORBIDDEN/),
    });
  expect(await readdir(folder)).not.toContain('written.csv');
});

test('a broken file is named with row and column', async () => {
  const csv = write('broken.csv', `path,num_frames\n${'a,1\n'.repeat(30_000)}b,many\n`);
  await expect(
    tables.query(`SELECT sum(num_frames) FROM read_csv(${quoteLiteral(csv)})`, { files: [csv] }),
  ).rejects.toMatchObject({
    code: 'BAD_INPUT',
    data: { reason: 'BROKEN_FILE', file: csv, row: 30_002, column: 'num_frames' },
  });
  const json = write('broken.jsonl', '{"a":1}\n{"a":}\n');
  await expect(
    tables.query(`FROM read_json(${quoteLiteral(json)}, format = 'newline_delimited')`, {
      files: [json],
    }),
  ).rejects.toMatchObject({ data: { reason: 'BROKEN_FILE', file: json } });
  const parquet = write('broken.parquet', `PAR1${'x'.repeat(20)}PAR1`);
  await expect(
    tables.query(`FROM ${parquetRows([parquet])}`, { files: [parquet] }),
  ).rejects.toMatchObject({ code: 'BAD_INPUT', data: { reason: 'BROKEN_FILE', file: parquet } });
});

test('rows, time, memory and a crash have their own words', async () => {
  await expect(tables.query('FROM range(10001)', none)).rejects.toMatchObject({
    code: 'TOO_LARGE',
    data: { reason: 'TOO_MANY_ROWS' },
  });
  const endless = 'SELECT sum(a.i * b.i) FROM range(10000000) a(i), range(10000000) b(i)';
  await expect(tables.query(endless, { files: [], limitSeconds: 0.2 })).rejects.toMatchObject({
    code: 'TOO_LARGE',
    data: { reason: 'TOO_SLOW' },
  });
  await expect(
    tables.query('SELECT list(md5(i::VARCHAR)) FROM range(20000000) r(i)', none),
  ).rejects.toMatchObject({ code: 'TOO_LARGE', data: { reason: 'TOO_MUCH_MEMORY' } });
  const going = tables.query(endless, none);
  while (tables.processIds().length === 0) await new Promise(setImmediate);
  for (const id of tables.processIds()) process.kill(id, 'SIGKILL');
  await expect(going).rejects.toMatchObject({ code: 'BAD_INPUT', data: { reason: 'CRASHED' } });
  expect(await tables.query('SELECT 1 AS one', none)).toEqual([{ one: 1 }]);
});

test('an abort ends a call, also one that waits, and nothing is left of it', async () => {
  const endless = 'SELECT sum(a.i * b.i) FROM range(10000000) a(i), range(10000000) b(i)';
  const [first, second] = [new AbortController(), new AbortController()];
  const running = tables.query(endless, { files: [], signal: first.signal });
  const waiting = tables.query(endless, { files: [], signal: second.signal });
  second.abort(new Error('not any more'));
  await expect(waiting).rejects.toThrow('not any more');
  first.abort(new Error('enough'));
  await expect(running).rejects.toThrow('enough');
  expect(await readdir(scratchDir)).toEqual([]);
});
