// From a folder of long videos to clips as blobs with scores, by the use cases.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { exportClips } from '#lib/curation/export-clips.ts';
import { runDirectly } from '#lib/curation/runs/run-directly.ts';
import { takeInRun } from '#lib/datasets/take-in-run.ts';
import { prepareRun } from '#tests/factories/curation.ts';
import { openTestFolder, SYSTEM } from '#tests/factories/imports.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';

const platform = await openTestPlatform();
await platform.database.project.create({ data: { slug: 'lab', name: 'Lab' } });
const forever = new AbortController().signal;

/** Three scenes of two seconds: grey levels and patterns that differ, with something that moves. */
function paint(x: number, y: number, index: number): number {
  const scene = Math.floor(index / 20);
  const base = [40, 130, 215][scene] ?? 128;
  const isBall = Math.hypot(x - 16 - (index % 20), y - 24) < 8;
  return isBall ? 235 - base + 16 : base + (((x >> 3) + (y >> 3)) % 2);
}

test('long videos become clips with scores, each a blob that can be laid out as a file', async () => {
  const folder = openTestFolder();
  folder.video('day/one.mp4', { fps: 10, frames: 60, paint });
  folder.file('day/broken.mp4', 'no video');
  const input = { source: { kind: 'videos' as const, path: folder.path } };
  const steps = [{ scorer: 'motion' }];
  const run = await prepareRun(platform, { ...input, name: 'Raw', steps, dataset: 'Footage' });
  const ended = await runDirectly(platform, SYSTEM, run.address, { signal: forever });
  expect(ended).toMatchObject({ state: 'done', faults: 1, result: { clips: 3 } });
  expect(ended.stages[1]).toMatchObject({ kind: 'cut', units: 2, clips: 3, note: '3 scenes.' });
  const version = await takeInRun(platform, SYSTEM, run.id, forever);
  expect(version.dataset).toMatchObject({ slug: 'footage', name: 'Footage' });
  expect(version.lineage).toMatchObject({
    hash: { scorer: 'cut', version: 1 },
    flow: { scorer: 'motion' },
  });

  expect(version.columns.filter(({ kind }) => kind === 'score').map(({ name }) => name)).toEqual([
    'flow',
  ]);

  const laid = openTestFolder();
  const options = { signal: forever };
  expect(await exportClips(platform, SYSTEM, run.address, laid.path, options)).toBe(3);
  expect(await exportClips(platform, SYSTEM, run.address, laid.path, options)).toBe(3);
  const first = readFileSync(laid.at('day/one.mp4/0000000-0000020.mp4'));
  const hash = createHash('sha256').update(first).digest('hex');
  expect(await platform.blobs.has(hash)).toBe(true);

  const again = await prepareRun(platform, { ...input, name: 'Raw again', steps });
  const same = await runDirectly(platform, SYSTEM, again.address, { signal: forever });
  expect(same.result?.parts).toEqual(ended.result?.parts);
});
