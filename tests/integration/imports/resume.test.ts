import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, expect, test } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import { createImport } from '#lib/generation/create-import.ts';
import { getImport } from '#lib/generation/get-import.ts';
import { importDirectly } from '#lib/generation/import-directly.ts';
import { resumeImports } from '#lib/generation/resume-imports.ts';
import { runImport } from '#lib/generation/run-import.ts';
import { newImportSchema } from '#lib/generation/schema.ts';
import { startImport } from '#lib/generation/start-import.ts';
import { createMedia, type Media } from '#lib/platform/media/media.ts';
import { openTestFolder, SYSTEM } from '#tests/factories/imports.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';

const platform = await openTestPlatform();
const { database } = platform;
await database.project.create({ data: { slug: 'lab', name: 'Lab' } });
const forever = new AbortController().signal;

/** A started import over a folder of small videos. */
async function prepare(name: string, videos: number) {
  const folder = openTestFolder();
  for (let index = 0; index < videos; index++) folder.video(`a/v${index}.mp4`);
  const input = newImportSchema.parse({ name, source: { kind: 'folder', path: folder.path } });
  const { slug } = await createImport(platform, SYSTEM, { ...input, project: 'lab' });
  const address = { project: 'lab', import: slug };
  await startImport(platform, SYSTEM, address, { run: 'here' });
  const { id } = await database.videoImport.findFirstOrThrow({ where: { slug } });
  const detail = () => getImport(platform, SYSTEM, address);
  return { id, folder, input: { ...input, project: 'lab' }, detail, address };
}

/** The same doors, with the one to videos changed. */
function withMedia(changes: Partial<Media>) {
  return { ...platform, media: { ...platform.media, ...changes } };
}

/** Lets the lease of a process count as lost, as if it had been silent for a minute. */
const silence = (id: number) =>
  database.$executeRaw`update video_import set heartbeat_at = now() - interval '1 minute' where id = ${id}`;

test('of ten processes that try at once, one does the work', async () => {
  const { id, detail } = await prepare('Ten', 4);
  let inspected = 0;
  const counting = withMedia({
    inspectVideo: (path, options) => {
      inspected++;
      return platform.media.inspectVideo(path, options);
    },
  });
  const outcomes = await Promise.all(
    Array.from({ length: 10 }, () => runImport(counting, id, { signal: forever })),
  );
  expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === 'busy')).toHaveLength(9);
  expect(inspected).toBe(4);
  expect(await detail()).toMatchObject({ state: 'done', accepted: 4 });
  expect(await runImport(platform, id, { signal: forever })).toBe('done');
});

test('R2 a command that is killed goes on where it was when it is run again', async () => {
  const { id, folder, input, detail } = await prepare('Killed', 40);
  const child = spawn(
    process.execPath,
    ['cli/main.ts', 'import', folder.path, '--project', 'lab', '--name', 'Killed'],
    {
      stdio: 'ignore',
      env: {
        ...process.env,
        DATABASE_URL: platform.environment.databaseUrl,
        WINNOW_DATA_DIR: platform.environment.dataDir,
      },
    },
  );
  await expect.poll(async () => (await detail()).accepted, { timeout: 60_000 }).toBeGreaterThan(3);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await runImport(platform, id, { signal: forever })).toBe('busy');

  await silence(id);
  const before = await database.video.findMany({
    where: { importId: id, state: 'accepted' },
    orderBy: { id: 'asc' },
  });
  expect(before.length).toBeLessThan(40);
  let inspected = 0;
  const counting = withMedia({
    inspectVideo: (path, options) => {
      inspected++;
      return platform.media.inspectVideo(path, options);
    },
  });
  const ended = await importDirectly(counting, SYSTEM, input, { signal: forever });
  expect(ended).toMatchObject({ state: 'done', expected: 40, accepted: 40, refused: 0 });
  expect(inspected).toBe(40 - before.length);
  const kept = await database.video.findMany({
    where: { id: { in: before.map((v) => v.id) } },
    orderBy: { id: 'asc' },
  });
  expect(kept).toEqual(before);
});

test('R3 a process that wakes up after its lease was taken over writes nothing', async () => {
  const { id, detail } = await prepare('Frozen', 3);
  const asleep = Promise.withResolvers<void>();
  const awake = Promise.withResolvers<void>();
  const frozen = runImport(
    withMedia({
      inspectVideo: async (path, options) => {
        asleep.resolve();
        await awake.promise;
        return { ...(await platform.media.inspectVideo(path, options)), codec: 'stale' };
      },
    }),
    id,
    { signal: forever, concurrency: 1 },
  );
  await asleep.promise;
  await silence(id);
  expect(await runImport(platform, id, { signal: forever })).toBe('done');
  const before = await database.video.findMany({ where: { importId: id }, orderBy: { id: 'asc' } });
  awake.resolve();
  await expect(frozen).rejects.toMatchObject({ data: { reason: 'lease-lost' } });
  expect(
    await database.video.findMany({ where: { importId: id }, orderBy: { id: 'asc' } }),
  ).toEqual(before);
  expect(await detail()).toMatchObject({ state: 'done', accepted: 3 });
});

test('a stopped import waits and goes on', async () => {
  const { id, detail } = await prepare('Stopped', 3);
  const stopping = new AbortController();
  const running = runImport(
    withMedia({
      makePoster: async (...args) => {
        stopping.abort(new Error('the worker stops'));
        return platform.media.makePoster(...args);
      },
    }),
    id,
    { signal: stopping.signal },
  );
  await expect(running).rejects.toThrow('the worker stops');
  expect(await detail()).toMatchObject({ state: 'waiting', problem: null, listed: true });
  expect(await runImport(platform, id, { signal: forever })).toBe('done');
  expect(await detail()).toMatchObject({ state: 'done', accepted: 3, refused: 0 });
});

test('a full disk is no fault of a file: the import waits, says so, and goes on', async () => {
  const { id, detail } = await prepare('Full', 2);
  const full = {
    ...platform,
    blobs: {
      ...platform.blobs,
      putFile: async () => {
        throw new AppError('STORAGE_FULL', 'The disk is full; free some space and try again.');
      },
    },
  };
  await expect(runImport(full, id, { signal: forever })).rejects.toMatchObject({
    code: 'STORAGE_FULL',
  });
  expect(await detail()).toMatchObject({
    state: 'waiting',
    refused: 0,
    problem: 'The disk is full; free some space and try again.',
  });
  expect(await runImport(platform, id, { signal: forever })).toBe('done');
  expect(await detail()).toMatchObject({ accepted: 2, problem: null });
});

test('a decoder that crashed once is no fault of the file; twice it is', async () => {
  const { id, detail } = await prepare('Crashes', 2);
  const media = createMedia();
  afterAll(() => media.close());
  const tries = new Map<string, number>();
  const crashed = () =>
    new AppError('BAD_INPUT', 'The decoder crashed on the file.', { reason: 'CRASHED' });
  const order: string[] = [];
  const crashing = withMedia({
    inspectVideo: async (path, options) => {
      if (!order.includes(path)) order.push(path);
      const number = (tries.get(path) ?? 0) + 1;
      tries.set(path, number);
      if (order.indexOf(path) === 0 || number === 1) throw crashed();
      return media.inspectVideo(path, options);
    },
  });
  expect(await runImport(crashing, id, { signal: forever, concurrency: 1 })).toBe('done');
  expect(await detail()).toMatchObject({ accepted: 1, refused: 1 });
});

test('imports of dead processes are asked for again, others not', async () => {
  const { id } = await prepare('Orphan', 1);
  await database.videoImport.update({
    where: { id },
    data: { state: 'running', heartbeatAt: new Date() },
  });
  platform.asked.length = 0;
  expect(await resumeImports(platform)).toBe(0);
  await silence(id);
  expect(await resumeImports(platform)).toBe(1);
  expect(platform.asked).toEqual([{ name: 'import-videos', payload: { importId: id } }]);
});

test('an import that was deleted while it is read ends without a trace', async () => {
  const { id } = await prepare('Deleted', 2);
  const running = runImport(
    withMedia({
      makePoster: async (...args) => {
        await database.videoImport.deleteMany({ where: { id } });
        return platform.media.makePoster(...args);
      },
    }),
    id,
    { signal: forever },
  );
  await expect(running).rejects.toMatchObject({ data: { reason: 'lease-lost' } });
  expect(await database.video.count({ where: { importId: id } })).toBe(0);
  expect(await runImport(platform, id, { signal: forever })).toBe('gone');
});
