import { expect, test } from 'vitest';
import { cancelRun } from '#lib/curation/runs/cancel-run.ts';
import { finishRun } from '#lib/curation/runs/finish-run.ts';
import { listFaults } from '#lib/curation/runs/list-faults.ts';
import { pauseRun } from '#lib/curation/runs/pause-run.ts';
import { resumeRun } from '#lib/curation/runs/resume-run.ts';
import { resumeRuns } from '#lib/curation/runs/resume-runs.ts';
import { retryRun } from '#lib/curation/runs/retry-run.ts';
import { runDirectly } from '#lib/curation/runs/run-directly.ts';
import { newRunSchema, type RunDetail } from '#lib/curation/schema.ts';
import { canonicalFiles } from '#lib/datasets/canonical-files.ts';
import { curateVersion } from '#lib/datasets/curate-version.ts';
import { takeInRun } from '#lib/datasets/take-in-run.ts';
import type { Media } from '#lib/platform/media/media.ts';
import { parquetRows } from '#lib/platform/tables/sql.ts';
import { fillWithClips, prepareRun } from '#tests/factories/curation.ts';
import { openTestFolder, SYSTEM } from '#tests/factories/imports.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';

const platform = await openTestPlatform();
const { database } = platform;
await database.project.create({ data: { slug: 'lab', name: 'Lab' } });
const forever = new AbortController().signal;
const folder = openTestFolder();
fillWithClips(folder, 10);
const source = { kind: 'videos' as const, path: folder.path };
const ready = { source, cut: null, shardSize: 4 };

/** The same doors, with the one to videos changed. */
function withMedia(changes: Partial<Media>) {
  return { ...platform, media: { ...platform.media, ...changes } };
}

const hashes = ({ result }: RunDetail) => ({ parts: result?.parts, lineage: result?.lineage });

test('a folder of clips becomes a dataset with scores and their lineage; a bad file is skipped', async () => {
  const run = await prepareRun(platform, {
    ...ready,
    name: 'Scores',
    steps: [{ scorer: 'motion' }],
  });
  const ended = await runDirectly(platform, SYSTEM, run.address, { signal: forever });
  expect(ended).toMatchObject({ state: 'done', faults: 1, failed: [], problem: null });
  expect(ended.stages.map(({ kind, units, unitsDone }) => [kind, units, unitsDone])).toEqual([
    ['list', 1, 1],
    ['take', 3, 3],
    ['gather', 1, 1],
    ['score', 3, 3],
    ['join', 1, 1],
  ]);
  const { faults } = await listFaults(platform, SYSTEM, { ...run.address, limit: 10 });
  expect(faults).toMatchObject([{ path: 'clip-0009.mp4', stage: 'Look at the clips' }]);
  const version = await takeInRun(platform, SYSTEM, run.id, forever);
  expect(version).toMatchObject({ clips: 9, number: 1, dataset: { slug: 'scores' } });
  expect(version.lineage).toMatchObject({ flow: { scorer: 'motion', version: 1, models: {} } });
  expect((await takeInRun(platform, SYSTEM, run.id, forever)).id).toBe(version.id);
  const files = await canonicalFiles(platform, version);
  const rows = await platform.tables.query(
    `SELECT path, flow, num_frames FROM ${parquetRows(files)} ORDER BY path`,
    { files },
  );
  expect(rows).toHaveLength(9);
  expect(rows[0]).toMatchObject({ path: 'clip-0000.mp4', num_frames: 8 });
  expect(Number(rows[0]?.flow)).toBeGreaterThan(0);
});

test('a version of a dataset gets a further score; what made the others stays known', async () => {
  const input = newRunSchema.parse({
    name: 'More',
    source: { kind: 'dataset', dataset: 'scores' },
    steps: [{ scorer: 'motion', settings: { column: 'slow_flow', framesPerSecond: 4 } }],
    shardSize: 4,
  });
  const create = () =>
    curateVersion(platform, SYSTEM, { ...input, project: 'lab' }, { run: 'here' });
  const { slug } = await create();
  const address = { project: 'lab', run: slug };
  const ended = await runDirectly(platform, SYSTEM, address, { signal: forever });
  expect(ended.state).toBe('done');
  const { id } = await database.curationRun.findFirstOrThrow({ where: { slug } });
  const version = await takeInRun(platform, SYSTEM, id, forever);
  expect(version).toMatchObject({ number: 2, clips: 9 });
  expect(Object.keys(version.lineage).toSorted()).toEqual(['flow', 'slow_flow']);
  expect(version.columns.map(({ name }) => name)).toContain('slow_flow');
  expect((await create()).slug).toBe(slug);
});

test('how many do the work makes no difference to what comes out', async () => {
  const outcomes: unknown[] = [];
  for (const [index, concurrency] of [1, 3].entries()) {
    const run = await prepareRun(platform, {
      ...ready,
      name: `Lanes ${index}`,
      steps: [{ scorer: 'motion' }],
    });
    outcomes.push(
      hashes(await runDirectly(platform, SYSTEM, run.address, { signal: forever, concurrency })),
    );
  }
  expect(outcomes[0]).toEqual(outcomes[1]);
});

test('a run pauses in the middle of a piece of work, goes on, and can be cancelled', async () => {
  const run = await prepareRun(platform, {
    ...ready,
    name: 'Paused',
    steps: [{ scorer: 'motion' }],
  });
  let measured = 0;
  const pausing = withMedia({
    measureFlow: async (path, settings, options) => {
      if (++measured === 2) {
        await pauseRun(platform, SYSTEM, run.address);
        await new Promise((_, reject) =>
          options?.signal?.addEventListener('abort', () => reject(options.signal?.reason)),
        );
      }
      return platform.media.measureFlow(path, settings, options);
    },
  });
  const options = { signal: forever, concurrency: 1 };
  expect((await runDirectly(pausing, SYSTEM, run.address, options)).state).toBe('paused');
  expect(await database.curationUnit.count({ where: { runId: run.id, state: 'running' } })).toBe(0);
  await resumeRun(platform, SYSTEM, run.address, { run: 'here' });
  const ended = await runDirectly(platform, SYSTEM, run.address, options);
  expect(ended.state).toBe('done');
  await expect(cancelRun(platform, SYSTEM, run.address)).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  const other = await prepareRun(platform, { ...ready, name: 'Other' });
  expect((await cancelRun(platform, SYSTEM, other.address)).state).toBe('cancelled');
  expect((await runDirectly(platform, SYSTEM, other.address, options)).state).toBe('cancelled');
});

test('R4 a piece of work that always crashes fails alone; it can be tried again or left out', async () => {
  const run = await prepareRun(platform, {
    ...ready,
    name: 'Poison',
    steps: [{ scorer: 'motion' }],
  });
  const poisoned = withMedia({
    measureFlow: async (path, settings, options) => {
      if (path.endsWith('clip-0003.mp4')) throw new Error('out of memory');
      return platform.media.measureFlow(path, settings, options);
    },
  });
  const options = { signal: forever, concurrency: 2 };
  const failed = await runDirectly(poisoned, SYSTEM, run.address, options);
  expect(failed).toMatchObject({
    state: 'failed',
    problem: 'out of memory',
    failed: [{ stage: 'Motion', problem: 'out of memory' }],
  });
  expect(failed.stages[3]).toMatchObject({ unitsDone: 2, unitsFailed: 1 });
  await finishRun(platform, SYSTEM, run.address);
  const ended = await runDirectly(platform, SYSTEM, run.address, options);
  expect(ended).toMatchObject({ state: 'done', result: { clips: 9 } });
  expect(ended.stages[3]?.note).toBe('1 left out after failing.');

  const again = await prepareRun(platform, {
    ...ready,
    name: 'Again',
    steps: [{ scorer: 'motion' }],
  });
  await runDirectly(poisoned, SYSTEM, again.address, options);
  await retryRun(platform, SYSTEM, again.address, { run: 'here' });
  expect((await runDirectly(platform, SYSTEM, again.address, options)).state).toBe('done');
});

test('steps that do not fit are refused with the reason', async () => {
  const refused = [
    [{ steps: [{ scorer: 'nothing' }] }, /There is no scorer "nothing"/],
    [{ steps: [{ scorer: 'motion', settings: { column: 'width' } }] }, /belongs to the clips/],
    [{ steps: [{ scorer: 'motion' }, { scorer: 'motion' }] }, /both make the column "flow"/],
    [{ steps: [{ scorer: 'motion', settings: { framesPerSecond: -1 } }] }, /framesPerSecond/],
    [{ source: { kind: 'videos', path: 'relative' } }, /whole path/],
  ] as const;
  for (const [changes, message] of refused)
    await expect(
      prepareRun(platform, { ...ready, name: 'Refused', ...(changes as object) }),
    ).rejects.toThrow(message);
  const empty = openTestFolder();
  const run = await prepareRun(platform, {
    name: 'Empty',
    source: { kind: 'videos', path: empty.path },
    cut: null,
  });
  expect(await runDirectly(platform, SYSTEM, run.address, { signal: forever })).toMatchObject({
    state: 'failed',
    problem: `There is no video in ${empty.path}.`,
  });
});

test('a run that nobody works on is taken up again', async () => {
  const run = await prepareRun(platform, { ...ready, name: 'Left' });
  platform.asked.length = 0;
  expect(await resumeRuns(platform)).toBe(0);
  await database.$executeRaw`
    update curation_run set created_at = now() - interval '2 minutes' where id = ${run.id}`;
  expect(await resumeRuns(platform)).toBe(1);
  expect(platform.asked.every(({ name }) => name === 'curate')).toBe(true);
});
