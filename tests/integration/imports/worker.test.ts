import { afterAll, expect, test } from 'vitest';
import { createImport } from '#lib/generation/create-import.ts';
import { getImport } from '#lib/generation/get-import.ts';
import { newImportSchema } from '#lib/generation/schema.ts';
import { startImport } from '#lib/generation/start-import.ts';
import { openQueue } from '#lib/platform/queue.ts';
import { openTestFolder, SYSTEM } from '#tests/factories/imports.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';
import { importVideosWorker } from '#workers/import-videos.ts';
import { startRuntime } from '#workers/runtime.ts';

const platform = await openTestPlatform();
await platform.database.project.create({ data: { slug: 'lab', name: 'Lab' } });
const url = platform.environment.databaseUrl ?? '';
const sender = await openQueue({ url, role: 'sender' });
afterAll(() => sender.stop());

/** A worker process's inside: its own queue, and doors that a test may change. */
async function startWorker(doors = platform) {
  const queue = await openQueue({ url, role: 'worker' });
  return startRuntime({
    queue,
    workers: [importVideosWorker(doors)],
    log: platform.log,
    close: async () => {},
  });
}

async function start(name: string, videos: number) {
  const folder = openTestFolder();
  for (let index = 0; index < videos; index++) folder.video(`a/v${index}.mp4`);
  const input = newImportSchema.parse({ name, source: { kind: 'folder', path: folder.path } });
  const { slug } = await createImport(platform, SYSTEM, { ...input, project: 'lab' });
  const address = { project: 'lab', import: slug };
  await startImport({ ...platform, queue: sender }, SYSTEM, address);
  return () => getImport(platform, SYSTEM, address);
}

test('a worker takes an import from the queue', async () => {
  const runtime = await startWorker();
  const detail = await start('Queued', 3);
  await expect
    .poll(async () => (await detail()).state, { timeout: 30_000, interval: 100 })
    .toBe('done');
  expect(await detail()).toMatchObject({ accepted: 3, refused: 0 });
  await runtime.stop('the test is over');
});

test('a worker that stops gives its import back, and another one ends it', async () => {
  const atWork = Promise.withResolvers<void>();
  const slow = {
    ...platform,
    media: {
      ...platform.media,
      makePoster: async (...args: Parameters<typeof platform.media.makePoster>) => {
        atWork.resolve();
        return platform.media.makePoster(...args);
      },
    },
  };
  const first = await startWorker(slow);
  const detail = await start('Given back', 30);
  await atWork.promise;
  await Promise.all([first.stop('SIGTERM'), first.stop('SIGTERM again')]);
  const stopped = await detail();
  expect(stopped.state).toBe('waiting');
  expect(stopped.accepted).toBeLessThan(30);
  expect(stopped.refused).toBe(0);

  const second = await startWorker();
  await expect
    .poll(async () => (await detail()).state, { timeout: 60_000, interval: 200 })
    .toBe('done');
  expect(await detail()).toMatchObject({ accepted: 30, refused: 0 });
  await second.stop('the test is over');
});
