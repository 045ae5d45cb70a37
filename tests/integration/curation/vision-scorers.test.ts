import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runDirectly } from '#lib/curation/runs/run-directly.ts';
import { canonicalFiles } from '#lib/datasets/canonical-files.ts';
import { takeInRun } from '#lib/datasets/take-in-run.ts';
import { parquetRows } from '#lib/platform/tables/sql.ts';
import { writeClipFolder } from '#tests/factories/clip-folder.ts';
import { prepareRun } from '#tests/factories/curation.ts';
import { openTestFolder, SYSTEM } from '#tests/factories/imports.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';

const platform = await openTestPlatform();
await platform.database.project.create({ data: { slug: 'lab', name: 'Lab' } });
const forever = new AbortController().signal;

test('embeddings go from CLIP to the head within a run, and every column names its models', async () => {
  const folder = openTestFolder();
  folder.video('moving.mp4', { frames: 30 });
  folder.video('still.mp4', { frames: 30, paint: () => 120 });
  const models = join(platform.environment.dataDir, 'models');
  mkdirSync(models);
  await writeClipFolder(join(models, 'clip'));
  const head = join(models, 'head.json');
  writeFileSync(head, JSON.stringify({ weights: [1, 0, 0], bias: 4 }));
  const run = await prepareRun(platform, {
    name: 'All',
    source: { kind: 'videos', path: folder.path },
    cut: null,
    steps: [
      { scorer: 'motion' },
      { scorer: 'text-area', settings: { longSide: 192 } },
      { scorer: 'clip', settings: { folder: join(models, 'clip') } },
      { scorer: 'aesthetics', settings: { head } },
    ],
  });
  const ended = await runDirectly(platform, SYSTEM, run.address, { signal: forever });
  expect(ended).toMatchObject({ state: 'done', faults: 0, problem: null });
  const version = await takeInRun(platform, SYSTEM, run.id, forever);
  const files = await canonicalFiles(platform, version);
  const rows = await platform.tables.query(
    `SELECT path, flow, ocr, aes FROM ${parquetRows(files)} ORDER BY path`,
    { files },
  );
  // The head tells how red a picture is: a grey one at unit length has 1 / sqrt(3) of each colour.
  expect(rows).toEqual([
    { path: 'moving.mp4', flow: expect.any(Number), ocr: 0, aes: expect.any(Number) },
    { path: 'still.mp4', flow: 0, ocr: 0, aes: expect.closeTo(4 + 1 / Math.sqrt(3), 2) },
  ]);
  expect(Number(rows[0]?.flow)).toBeGreaterThan(0.1);
  expect(Number(rows[0]?.aes)).toBeGreaterThan(Number(rows[1]?.aes));
  const hash = expect.stringMatching(/^[0-9a-f]{64}$/);
  expect(version.lineage).toMatchObject({
    flow: { scorer: 'motion', models: {} },
    ocr: { scorer: 'text-area', models: { 'ch_PP-OCRv4_det_infer.onnx': hash } },
    aes: { scorer: 'aesthetics', version: 1, models: { 'head.json': hash } },
  });
});
