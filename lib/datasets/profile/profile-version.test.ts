import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { quoteLiteral } from '#lib/platform/tables/sql.ts';
import { createTables } from '#lib/platform/tables/tables.ts';
import { binsFor } from './describe-score.ts';
import { profileVersion } from './profile-version.ts';
import { profileSchema } from './schema.ts';

const folder = mkdtempSync(join(tmpdir(), 'winnow-profile-'));
const tables = createTables({ scratchDir: join(folder, 'scratch'), threads: 1, processes: 1 });
afterAll(() => {
  tables.close();
  rmSync(folder, { recursive: true, force: true });
});
const files = [join(folder, 'a.parquet'), join(folder, 'b.parquet')];

// 1,000 clips in two parts: `up` is 0 to 999, `down` its fall as a cube, `zeros` is 0 for six of ten.
beforeAll(async () => {
  const rows = (from: number, to: number) => `SELECT printf('%032x', i) AS uid,
      i::DOUBLE AS up, -(i::DOUBLE ** 3) AS down,
      CASE WHEN i % 10 < 6 THEN 0 WHEN i % 10 = 9 THEN NULL ELSE i / 1000.0 END AS zeros,
      NULL::DOUBLE AS none, 16 AS num_frames,
      CASE WHEN i < 100 THEN NULL WHEN i < 200 THEN '' ELSE repeat('x', 1 + i % 50) END AS llm,
      CASE WHEN i % 4 = 0 THEN 'still' ELSE 'good' END AS label, 'text ' || i AS note
    FROM range(${from}, ${to}) r(i)`;
  const copy = (file: string, query: string) =>
    `COPY (${query}) TO ${quoteLiteral(file)} (FORMAT parquet)`;
  const [first = '', second = ''] = files;
  await tables.run([copy(first, rows(0, 600)), copy(second, rows(600, 1000))], {
    files: [],
    outputs: files,
  });
});

const column = (name: string, kind: string) => ({ name, kind });
const profiled = (columns: { name: string; kind: string }[]) =>
  profileVersion({ tables, files, clips: 1000, columns });

test('scores: counts, moments, quantiles, bins, the value that most clips have', async () => {
  const profile = await profiled([
    column('uid', 'uid'),
    column('num_frames', 'number'),
    column('up', 'score'),
    column('down', 'score'),
    column('zeros', 'score'),
    column('none', 'score'),
  ]);
  expect(profileSchema.parse(JSON.parse(JSON.stringify(profile)))).toEqual(profile);
  const [up, , zeros, none, frames] = profile.scores;
  expect(up).toMatchObject({ name: 'up', count: 1000, missing: 0, min: 0, max: 999, mean: 499.5 });
  expect(up?.sd).toBeCloseTo(Math.sqrt((1000 * 1001) / 12), 9);
  // Type 7: (n - 1) times the share.
  expect(up?.quantiles).toEqual(
    [0.999, 9.99, 49.95, 124.875, 249.75, 499.5, 749.25, 874.125, 949.05, 989.01, 998.001].map(
      (value) => expect.closeTo(value, 9),
    ),
  );
  expect(up).toMatchObject({ distinct: 1000, mode: null, quantileMethod: 'exact' });
  // Whole numbers: 1,000 values, 32 bins at most.
  expect(up?.bins).toMatchObject({ low: -0.5, width: 32, under: 0, over: 0 });
  expect(up?.bins?.counts).toHaveLength(32);
  expect(up?.bins?.counts[0]).toBe(32);
  expect(zeros).toMatchObject({ count: 900, missing: 100, mode: { value: 0, count: 600 } });
  const { counts = [], under = 0, over = 0 } = zeros?.bins ?? {};
  expect(counts.reduce((sum, count) => sum + count, under + over)).toBe(900);
  expect(none).toMatchObject({ count: 0, min: null, sd: null, quantiles: [], bins: null });
  expect(frames).toMatchObject({ name: 'num_frames', bins: { counts: [1000] } });
});

test('correlations: linear and by rank, none where nothing varies', async () => {
  const { correlations } = await profiled([
    column('up', 'score'),
    column('down', 'score'),
    column('zeros', 'score'),
    column('none', 'score'),
  ]);
  expect(correlations?.names).toEqual(['up', 'down', 'zeros', 'none']);
  expect(correlations?.sample).toBe(1000);
  expect(correlations?.spearman[0]?.[1]).toBeCloseTo(-1, 9);
  // Of i and i^3 over 0..999: sqrt(21) / 5.
  expect(correlations?.pearson[0]?.[1]).toBeCloseTo(-Math.sqrt(21) / 5, 3);
  expect(correlations?.pearson[1]?.[2]).toBe(correlations?.pearson[2]?.[1]);
  expect(correlations?.pearson[3]).toEqual([null, null, null, 1]);
  expect((await profiled([column('up', 'score')])).correlations).toBeNull();
});

test('captions and labels: what is missing, how long they are, what they say', async () => {
  const { captions, labels } = await profiled([
    column('llm', 'caption'),
    column('label', 'text'),
    column('note', 'text'),
  ]);
  expect(captions).toEqual([
    {
      name: 'llm',
      missing: 200,
      lengths: [1, 13, 25, 38, 50],
      meanLength: 25.5,
      examples: ['x', 'xx', 'xxx', 'xxxx', 'xxxxx'],
    },
  ]);
  expect(labels).toEqual([
    {
      name: 'label',
      missing: 0,
      values: [
        { value: 'good', count: 750 },
        { value: 'still', count: 250 },
      ],
    },
  ]);
});

test('bins: whole numbers stay whole, equal values have one bin', () => {
  expect(binsFor(16, 16, { isWhole: true, most: 60 })).toEqual({ low: 15.5, width: 1, bins: 1 });
  expect(binsFor(1, 10, { isWhole: true, most: 60 })).toEqual({ low: 0.5, width: 1, bins: 10 });
  expect(binsFor(0, 60, { isWhole: false, most: 60 })).toEqual({ low: 0, width: 1, bins: 60 });
  for (const value of [0.25, 1e300, -1e-300]) {
    const { low, width, bins } = binsFor(value, value, { isWhole: false, most: 60 });
    expect(bins).toBe(1);
    expect(low < value && value < low + width).toBe(true);
  }
});
