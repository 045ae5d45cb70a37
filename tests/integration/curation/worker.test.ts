import { afterAll, expect, test } from 'vitest';
import { createVideoRun } from '#lib/curation/runs/create-run.ts';
import { getRun } from '#lib/curation/runs/get-run.ts';
import { pauseRun } from '#lib/curation/runs/pause-run.ts';
import { resumeRun } from '#lib/curation/runs/resume-run.ts';
import { newRunSchema } from '#lib/curation/schema.ts';
import { openQueue } from '#lib/platform/queue.ts';
import { fillWithClips } from '#tests/factories/curation.ts';
import { openTestFolder, SYSTEM } from '#tests/factories/imports.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';
import { createTestUser } from '#tests/factories/users.ts';
import { curateWorker } from '#workers/curate.ts';
import { startRuntime } from '#workers/runtime.ts';
import { takeInRunWorker } from '#workers/take-in-run.ts';

const platform = await openTestPlatform();
await platform.database.project.create({ data: { slug: 'lab', name: 'Lab' } });
const url = platform.environment.databaseUrl ?? '';
const sender = await openQueue({ url, role: 'sender' });
afterAll(() => sender.stop());
const asking = { ...platform, queue: sender };
const folder = openTestFolder();
fillWithClips(folder, 10);

async function startWorker() {
  const queue = await openQueue({ url, role: 'worker' });
  const doors = { ...platform, queue };
  return startRuntime({
    queue,
    workers: [curateWorker(doors), takeInRunWorker(doors)],
    log: platform.log,
    close: async () => {},
  });
}

const input = newRunSchema.parse({
  name: 'Queued',
  source: { kind: 'videos', path: folder.path },
  cut: null,
  steps: [{ scorer: 'motion' }],
  shardSize: 2,
});
const address = { project: 'lab', run: 'queued' };
const detail = () => getRun(platform, SYSTEM, address);

test('workers do a run from the queue, pause and go on, and make the dataset', async () => {
  const runtimes = [await startWorker(), await startWorker()];
  await createVideoRun(asking, SYSTEM, { ...input, project: 'lab' });
  const unitsDone = async () =>
    (await detail()).stages.reduce((sum, stage) => sum + stage.unitsDone, 0);
  await expect.poll(unitsDone, { timeout: 30_000, interval: 20 }).toBeGreaterThan(1);
  await pauseRun(asking, SYSTEM, address);
  expect((await resumeRun(asking, SYSTEM, address)).state).toBe('running');
  await expect
    .poll(async () => (await detail()).versions, { timeout: 60_000, interval: 100 })
    .toEqual([{ dataset: 'queued', version: 1 }]);
  expect(await detail()).toMatchObject({ state: 'done', progress: 1, result: { clips: 9 } });
  await Promise.all(runtimes.map((runtime) => runtime.stop('the test is over')));
});

test('who may only look, or reads outside of the import roots, starts nothing', async () => {
  const researcher = await createTestUser(platform, 'researcher');
  const admin = await createTestUser(platform, 'admin');
  const other = { ...input, name: 'Other', project: 'lab' };
  await expect(createVideoRun(asking, researcher.actor, other)).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  await expect(createVideoRun(asking, admin.actor, other)).rejects.toMatchObject({
    code: 'FORBIDDEN',
    data: { reason: 'import-roots' },
  });
});
