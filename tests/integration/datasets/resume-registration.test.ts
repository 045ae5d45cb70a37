import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createVersion } from '#lib/datasets/create-version.ts';
import { getVersion } from '#lib/datasets/get-version.ts';
import { resumeRegistrations } from '#lib/datasets/resume-registrations.ts';
import { retryVersion } from '#lib/datasets/retry-version.ts';
import { runRegistration } from '#lib/datasets/run-registration.ts';
import { newDatasetSchema } from '#lib/datasets/schema.ts';
import { openQueue } from '#lib/platform/queue.ts';
import type { Tables } from '#lib/platform/tables/tables.ts';
import { openTestFolder, SYSTEM } from '#tests/factories/imports.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';
import { registerDatasetWorker } from '#workers/register-dataset.ts';
import { startRuntime } from '#workers/runtime.ts';

const platform = await openTestPlatform();
const { database, environment } = platform;
await database.project.create({ data: { slug: 'lab', name: 'Lab' } });
const forever = new AbortController().signal;
const folder = openTestFolder();
for (const file of [1, 2, 3]) {
  const rows = Array.from({ length: 50 }, (_, row) => `clip-${file}-${row}.mp4,${row / 3}`);
  folder.file(`table/${file}.csv`, `path,aes\n${rows.join('\n')}\n`);
}

async function ask(name: string, doors: Parameters<typeof createVersion>[0] = platform) {
  const input = newDatasetSchema.parse({
    name,
    source: { kind: 'server', path: folder.at('table') },
  });
  const run = doors === platform ? 'here' : 'queue';
  const { dataset } = await createVersion(doors, SYSTEM, { ...input, project: 'lab' }, { run });
  const { id } = await database.datasetVersion.findFirstOrThrow({
    where: { dataset: { slug: dataset } },
  });
  const address = { project: 'lab', dataset, version: 1 };
  return { id, address, detail: () => getVersion(platform, SYSTEM, address) };
}

/** The same doors; every call to tables goes through `before` first. */
function withTables(before: (call: number) => Promise<void>) {
  let calls = 0;
  const { tables } = platform;
  const changed: Tables = {
    ...tables,
    query: async (...args) => {
      await before(calls++);
      return tables.query(...args);
    },
    run: async (...args) => {
      await before(calls++);
      return tables.run(...args);
    },
  };
  return { platform: { ...platform, tables: changed }, calls: () => calls };
}

const leftovers = () => readdirSync(join(environment.dataDir, 'temporary', 'datasets'));
const silence = (id: number) =>
  database.$executeRaw`update dataset_version set heartbeat_at = now() - interval '1 minute' where id = ${id}`;

const undisturbed = await ask('Undisturbed');
const counted = withTables(async () => {});
await runRegistration(counted.platform, undisturbed.id, { signal: forever });
const { hash } = await undisturbed.detail();

test('a registration that is stopped on its way leaves nothing half done and comes out the same', async () => {
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(counted.calls()).toBeGreaterThan(8);
  const { id, detail } = await ask('Stopped');
  for (let step = 0; step < counted.calls(); step += 3) {
    const stopping = withTables(async (call) => {
      if (call === step) throw new Error('the process ends');
    });
    await expect(
      runRegistration(stopping.platform, id, { signal: forever }),
      `step ${step}`,
    ).rejects.toThrow('the process ends');
    expect(await detail()).toMatchObject({
      state: 'waiting',
      hash: null,
      clips: null,
      columns: [],
    });
    expect(leftovers()).toEqual([]);
  }
  expect(await runRegistration(platform, id, { signal: forever })).toBe('done');
  expect(await detail()).toMatchObject({ state: 'done', hash, clips: 150 });
});

test('of many that try at once one works, and a done version never changes', async () => {
  const { id, detail, address } = await ask('Many');
  const outcomes = await Promise.all(
    Array.from({ length: 5 }, () => runRegistration(platform, id, { signal: forever })),
  );
  expect(outcomes.toSorted()).toEqual(['busy', 'busy', 'busy', 'busy', 'done']);
  const before = await detail();
  expect(before).toMatchObject({ hash });
  expect(await runRegistration(platform, id, { signal: forever })).toBe('done');
  await expect(retryVersion(platform, SYSTEM, address)).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await detail()).toEqual(before);
});

test('a process that wakes up after its lease was taken over writes nothing', async () => {
  const { id, detail } = await ask('Frozen');
  const asleep = Promise.withResolvers<void>();
  const awake = Promise.withResolvers<void>();
  const frozen = runRegistration(
    withTables(async (call) => {
      if (call !== counted.calls() - 1) return;
      asleep.resolve();
      await awake.promise;
    }).platform,
    id,
    { signal: forever },
  );
  await asleep.promise;
  expect(await resumeRegistrations(platform)).toBe(0);
  await silence(id);
  expect(await resumeRegistrations(platform)).toBe(1);
  expect(platform.asked.at(-1)).toEqual({ name: 'register-dataset', payload: { versionId: id } });
  expect(await runRegistration(platform, id, { signal: forever })).toBe('done');
  const before = await detail();
  awake.resolve();
  await expect(frozen).rejects.toMatchObject({ data: { reason: 'lease-lost' } });
  expect(await detail()).toEqual(before);
});

test('a worker takes a table from the queue', async () => {
  const url = environment.databaseUrl ?? '';
  const sender = await openQueue({ url, role: 'sender' });
  const queue = await openQueue({ url, role: 'worker' });
  const runtime = await startRuntime({
    queue,
    workers: [registerDatasetWorker(platform)],
    log: platform.log,
    close: async () => {},
  });
  const { detail } = await ask('Queued', { ...platform, queue: sender });
  await expect
    .poll(async () => (await detail()).state, { timeout: 60_000, interval: 100 })
    .toBe('done');
  expect(await detail()).toMatchObject({ hash });
  await runtime.stop('the test is over');
  await sender.stop();
});
