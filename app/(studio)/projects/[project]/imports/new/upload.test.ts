import { expect, test } from 'vitest';
import type { PickedFile } from './picked-files.ts';
import { SendError, type SendOptions } from './send-file.ts';
import { createUpload, type UploadDeps } from './upload.ts';

const picked = (path: string, size: number): PickedFile => ({
  path,
  file: new File([new Uint8Array(size)], path),
});
const files = ['a', 'b', 'c', 'd', 'e'].map((name, index) => picked(`run/${name}.mp4`, 10 + index));
const total = 10 + 11 + 12 + 13 + 14;

/** Deps that take every file at once, but for what a test changes. */
const deps = (changes: Partial<UploadDeps> = {}): UploadDeps => ({
  missing: async (offered) => offered.map(({ path }) => path),
  send: async (file, { onProgress }) => onProgress(file.file.size),
  now: () => 0,
  ...changes,
});

test('everything that is missing is sent, at most three at a time', async () => {
  let open = 0;
  let most = 0;
  const sent: string[] = [];
  const upload = createUpload(
    files,
    deps({
      send: async (file) => {
        most = Math.max(most, ++open);
        await Promise.resolve();
        open--;
        sent.push(file.path);
      },
    }),
  );
  await upload.run();
  expect(most).toBe(3);
  expect(sent.toSorted()).toEqual(files.map((file) => file.path));
  expect(upload.progress()).toMatchObject({
    phase: 'ended',
    files: 5,
    arrived: 5,
    bytes: total,
    sentBytes: total,
    sending: [],
    failed: [],
  });
});

test('what is there already is not sent again', async () => {
  const sent: string[] = [];
  const upload = createUpload(
    files,
    deps({ missing: async () => ['run/b.mp4'], send: async ({ path }) => void sent.push(path) }),
  );
  await upload.run();
  expect(sent).toEqual(['run/b.mp4']);
  expect(upload.progress()).toMatchObject({ arrived: 5, alreadyThere: 4, sentBytes: total });
});

test('files are offered in parts, not all in one request', async () => {
  const many = Array.from({ length: 1001 }, (_, index) => picked(`${index}.mp4`, 1));
  const offers: number[] = [];
  const upload = createUpload(
    many,
    deps({
      missing: async (offered) => {
        offers.push(offered.length);
        return [];
      },
    }),
  );
  await upload.run();
  expect(offers).toEqual([500, 500, 1]);
});

test('a lost connection is tried again, three times in all; then the file is listed and can be retried', async () => {
  const tries = new Map<string, number>();
  let isBroken = true;
  const upload = createUpload(
    files.slice(0, 2),
    deps({
      send: async ({ path }) => {
        const number = (tries.get(path) ?? 0) + 1;
        tries.set(path, number);
        if (path === 'run/a.mp4' && number === 1)
          throw new SendError('The connection was lost.', false);
        if (path === 'run/b.mp4' && isBroken)
          throw new SendError('The connection was lost.', false);
      },
    }),
  );
  await upload.run();
  expect(Object.fromEntries(tries)).toEqual({ 'run/a.mp4': 2, 'run/b.mp4': 3 });
  expect(upload.progress()).toMatchObject({
    phase: 'ended',
    arrived: 1,
    failed: [{ path: 'run/b.mp4', reason: 'The connection was lost.' }],
  });
  isBroken = false;
  await upload.retry();
  expect(upload.progress()).toMatchObject({ phase: 'ended', arrived: 2, failed: [] });
});

test('what the server refuses is not tried again, and the rest goes on', async () => {
  let tries = 0;
  const upload = createUpload(
    files,
    deps({
      send: async ({ path }) => {
        if (path !== 'run/c.mp4') return;
        tries++;
        throw new SendError('A file may have 4 GiB at most.', true);
      },
    }),
  );
  await upload.run();
  expect(tries).toBe(1);
  expect(upload.progress()).toMatchObject({
    arrived: 4,
    failed: [{ path: 'run/c.mp4', reason: 'A file may have 4 GiB at most.' }],
  });
});

test('stopping ends what is on its way and sends no more', async () => {
  const begun: string[] = [];
  const upload = createUpload(
    files,
    deps({
      send: ({ path }: PickedFile, { signal }: SendOptions) => {
        if (begun.push(path) === 3) queueMicrotask(() => upload.stop());
        return new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(new SendError('stopped', true))),
        );
      },
    }),
  );
  await upload.run();
  expect(begun).toHaveLength(3);
  expect(upload.progress()).toMatchObject({ phase: 'stopped', arrived: 0, failed: [] });
});

test('speed and time left come from what really left', async () => {
  let now = 0;
  const seen: (number | null)[] = [];
  const upload = createUpload(
    [picked('x.mp4', 1000)],
    deps({
      now: () => now,
      send: async (_, { onProgress }) => {
        for (let part = 1; part <= 10; part++) {
          now += 1000;
          onProgress(part * 100);
          seen.push(upload.progress().secondsLeft);
        }
      },
    }),
  );
  await upload.run();
  expect(seen[0]).toBeNull();
  // 800 of 1000 bytes have left in the window of eight seconds: about 100 bytes a second.
  expect(seen[7]).toBeCloseTo(200 / 100, 0);
});
