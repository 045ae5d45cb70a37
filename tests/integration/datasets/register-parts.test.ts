import { expect, test } from 'vitest';
import { canonicalFiles } from '#lib/datasets/canonical-files.ts';
import { readVersion } from '#lib/datasets/read-version.ts';
import { type MadeVersion, registerParts } from '#lib/datasets/register-parts.ts';
import { parquetRows, quoteLiteral } from '#lib/platform/tables/sql.ts';
import { openTestFolder, SYSTEM } from '#tests/factories/imports.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';

const platform = await openTestPlatform();
await platform.database.project.create({ data: { slug: 'lab', name: 'Lab' } });
const folder = openTestFolder();
const { signal } = new AbortController();

/** Writes what a SELECT gives as a Parquet file. */
async function table(name: string, statement: string): Promise<string> {
  const path = folder.at(name);
  await platform.tables.run([`COPY (${statement}) TO ${quoteLiteral(path)} (FORMAT parquet)`], {
    files: [],
    outputs: [path],
  });
  return path;
}

const PATH = { name: 'path', kind: 'path', type: 'VARCHAR' } as const;
const AES = { name: 'aes', kind: 'score', type: 'DOUBLE' } as const;
const FLOW = { name: 'flow', kind: 'score', type: 'DOUBLE' } as const;
const made = (changes: Partial<MadeVersion>): MadeVersion => ({
  project: 'lab',
  dataset: { slug: 'clips', name: 'Clips' },
  tables: [],
  lineage: {},
  signal,
  ...changes,
});
const clips = (from: number, to: number, order: 'ASC' | 'DESC') =>
  `SELECT md5(i::VARCHAR) AS uid, 'clip-' || i || '.mp4' AS path, i / 2.0::DOUBLE AS aes
   FROM range(${from}, ${to}) r(i) ORDER BY i ${order}`;

test('new clips become a version; columns added to it become the next one', async () => {
  const all = await table('all.parquet', clips(0, 50, 'DESC'));
  const halves = [
    await table('one.parquet', clips(25, 50, 'ASC')),
    await table('two.parquet', clips(0, 25, 'DESC')),
  ];
  const lineage = { aes: { scorer: 'aesthetics', version: 1, settings: {}, models: {} } };
  const first = await registerParts(
    platform,
    SYSTEM,
    made({ tables: [{ files: [all], columns: [PATH, AES] }], lineage }),
  );
  expect(first).toMatchObject({ number: 1, clips: 50, mapping: null, lineage });
  const other = await registerParts(
    platform,
    SYSTEM,
    made({
      dataset: { slug: 'other', name: 'Other' },
      tables: [{ files: halves, columns: [PATH, AES] }],
    }),
  );
  expect(other.hash).toBe(first.hash);
  expect(other.parts).toEqual(first.parts);

  const flow = await table(
    'flow.parquet',
    'SELECT md5(i::VARCHAR) AS uid, i::DOUBLE AS flow FROM range(40) r(i)',
  );
  const second = await registerParts(
    platform,
    SYSTEM,
    made({
      base: first,
      tables: [{ files: [flow], columns: [FLOW] }],
      lineage: { flow: { scorer: 'motion', version: 2, settings: { rate: 2 }, models: {} } },
    }),
  );
  expect(second).toMatchObject({ number: 2, clips: 50 });
  expect(Object.keys(second.lineage)).toEqual(['aes', 'flow']);
  expect(second.columns.map(({ name, missing }) => [name, missing])).toEqual([
    ['uid', 0],
    ['path', 0],
    ['aes', 0],
    ['flow', 10],
  ]);
  const files = await canonicalFiles(platform, second);
  const rows = await platform.tables.query(`FROM ${parquetRows(files)}`, { files });
  expect(rows).toHaveLength(50);
  expect(rows.map(({ uid }) => uid)).toEqual(rows.map(({ uid }) => uid).toSorted());
  for (const { path, aes, flow: value } of rows) {
    const number = Number(/\d+/.exec(String(path))?.[0]);
    expect([aes, value]).toEqual([number / 2, number < 40 ? number : null]);
  }
  const newest = await readVersion(platform, SYSTEM, { project: 'lab', dataset: 'clips' });
  expect(newest).toEqual(second);
});

test('a run makes one version, however often it asks', async () => {
  const { id: projectId } = await platform.database.project.findUniqueOrThrow({
    where: { slug: 'lab' },
  });
  const run = await platform.database.curationRun.create({
    data: { projectId, slug: 'run', name: 'Run', source: {}, steps: [], target: {} },
  });
  const file = await table('run.parquet', clips(0, 5, 'ASC'));
  const input = made({
    dataset: { slug: 'of-run', name: 'Of run' },
    runId: run.id,
    tables: [{ files: [file], columns: [PATH, AES] }],
  });
  const versions = await Promise.all([1, 2].map(() => registerParts(platform, SYSTEM, input)));
  const again = await registerParts(platform, SYSTEM, input);
  expect([...versions, again].map(({ number }) => number)).toEqual([1, 1, 1]);
  expect(await platform.database.datasetVersion.count({ where: { runId: run.id } })).toBe(1);
});

test('two clips of one uid are refused, and a name may be taken once', async () => {
  const file = await table(
    'twice.parquet',
    `${clips(0, 3, 'ASC')} UNION ALL ${clips(2, 4, 'ASC')}`.replaceAll(/ORDER BY i ASC/g, ''),
  );
  const tables = [{ files: [file], columns: [PATH, AES] }];
  const dataset = { slug: 'twice', name: 'Twice' };
  await expect(registerParts(platform, SYSTEM, made({ dataset, tables }))).rejects.toMatchObject({
    code: 'BAD_INPUT',
    data: { reason: 'duplicate-key' },
  });
  await expect(
    registerParts(platform, SYSTEM, made({ dataset, tables: [...tables, ...tables] })),
  ).rejects.toMatchObject({ code: 'BAD_INPUT' });
  expect(await platform.database.dataset.count({ where: { slug: 'twice' } })).toBe(0);
});
