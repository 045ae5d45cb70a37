import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import {
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import S3rver from 's3rver';
import { test as base, describe, expect } from 'vitest';
import { seededRandom } from '#lib/core/random.ts';
import { type Blobs, createBlobs } from './blobs.ts';

const content = Buffer.from(
  Uint8Array.from(
    { length: 300_000 },
    (() => {
      const random = seededRandom(1);
      return () => random.integer(256);
    })(),
  ),
);
const hash = createHash('sha256').update(content).digest('hex');
const missing = '0'.repeat(64);

/** The content in uneven pieces. */
async function* pieces(bytes: Buffer = content) {
  for (let at = 0, size = 1; at < bytes.length; at += size, size = size * 3 + 1) {
    yield bytes.subarray(at, at + size);
  }
}

async function hashes(blobs: Blobs): Promise<string[]> {
  const all: string[] = [];
  for await (const each of blobs.list()) all.push(each);
  return all;
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

interface Fixtures {
  dataDir: string;
  storageUrl: string | undefined;
  blobs: Blobs;
}

const folders = base.extend<Pick<Fixtures, 'dataDir'>>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest wants a destructured argument.
  dataDir: async ({}, use) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'winnow-blobs-'));
    await use(dataDir);
    await rm(dataDir, { recursive: true });
  },
});

const onDisk = folders.extend<Pick<Fixtures, 'storageUrl' | 'blobs'>>({
  storageUrl: undefined,
  blobs: async ({ dataDir }, use) => use(createBlobs({ dataDir })),
});

const onS3 = folders.extend<Pick<Fixtures, 'storageUrl' | 'blobs'>>({
  storageUrl: async ({ dataDir }, use) => {
    const server = new S3rver({
      port: 0,
      address: '127.0.0.1',
      silent: true,
      directory: join(dataDir, 's3'),
      configureBuckets: [{ name: 'videos', configs: [] }],
    });
    const { port } = await server.run();
    await use(`s3://S3RVER:S3RVER@127.0.0.1:${port}/videos/winnow?tls=0`);
    await server.close();
  },
  blobs: async ({ dataDir, storageUrl }, use) => use(createBlobs({ dataDir, storageUrl })),
});

describe.each([
  ['a folder', onDisk],
  ['a bucket', onS3],
] as const)('in %s', (_, test) => {
  test('what goes in comes out, under its SHA-256', async ({ blobs }) => {
    expect(await blobs.putStream(pieces())).toEqual({ hash, bytes: content.length });
    expect(await blobs.has(hash)).toBe(true);
    expect(await blobs.size(hash)).toBe(content.length);
    expect(content.equals(await buffer(await blobs.open(hash)))).toBe(true);
  });

  test('byte ranges are the slices', async ({ blobs }) => {
    await blobs.putStream(pieces());
    const random = seededRandom(2);
    const ranges = [
      [0, 1],
      [0, content.length - 1],
      [content.length - 1, content.length - 1],
      ...Array.from({ length: 20 }, () => {
        const start = random.integer(content.length);
        return [start, start + random.integer(content.length - start)];
      }),
    ] as [number, number][];
    for (const [start, end] of ranges) {
      const read = await buffer(await blobs.open(hash, { start, end }));
      expect(content.subarray(start, end + 1).equals(read)).toBe(true);
    }
    const tail = await buffer(await blobs.open(hash, { start: content.length - 5 }));
    expect(content.subarray(-5).equals(tail)).toBe(true);
    await expect(blobs.open(hash, { end: content.length })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
  });

  test('the same bytes from many writers at once are one blob', async ({ blobs }) => {
    const stored = await Promise.all(Array.from({ length: 8 }, () => blobs.putStream(pieces())));
    expect(new Set(stored.map((blob) => blob.hash))).toEqual(new Set([hash]));
    expect(await hashes(blobs)).toEqual([hash]);
  });

  test('a file is copied in, and lies on this machine as a file', async ({ blobs, dataDir }) => {
    const file = join(dataDir, 'input');
    await writeFile(file, content);
    await blobs.putFile(file);
    expect(content.equals(await readFile(await blobs.localPath(hash)))).toBe(true);
    expect(content.equals(await readFile(file))).toBe(true);
    await expect(blobs.putFile(join(dataDir, 'nothing'))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('an empty blob', async ({ blobs }) => {
    const stored = await blobs.putStream(Readable.from([]));
    expect(stored.bytes).toBe(0);
    expect(await blobs.size(stored.hash)).toBe(0);
    expect(await buffer(await blobs.open(stored.hash))).toHaveLength(0);
  });

  test('too large, cut off or missing: an error and nothing left', async ({ blobs, dataDir }) => {
    await expect(blobs.putStream(pieces(), { maxBytes: 1000 })).rejects.toMatchObject({
      code: 'TOO_LARGE',
    });
    async function* broken() {
      yield content;
      throw new Error('the sender went away');
    }
    await expect(blobs.putStream(broken())).rejects.toThrow('the sender went away');
    for (const call of [blobs.size, blobs.open, blobs.localPath]) {
      await expect(call(missing)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(await filesBelow(join(dataDir, 'blobs'))).toEqual([]);
    expect(await hashes(blobs)).toEqual([]);
  });

  test('a removed blob is gone; removing it again is fine', async ({ blobs }) => {
    await blobs.putStream(pieces());
    await blobs.localPath(hash);
    await blobs.remove(hash);
    await blobs.remove(hash);
    expect(await blobs.has(hash)).toBe(false);
    await expect(blobs.localPath(hash)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test.for(['', '../../etc/passwd', `${missing.slice(1)}G`, `${missing}0`])(
    'the name %j is no hash and never a path',
    async (name, { blobs }) => {
      await expect(blobs.open(name)).rejects.toMatchObject({ code: 'BAD_INPUT' });
      await expect(blobs.remove(name)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    },
  );

  // The open file is the kernel's own full device, so that the error is a real one.
  test('a full disk is STORAGE_FULL with nothing left', async ({ dataDir, storageUrl }) => {
    const blobs = createBlobs(
      { dataDir, storageUrl },
      {
        async openFile(path) {
          await writeFile(path, 'begun');
          return open('/dev/full', constants.O_WRONLY);
        },
      },
    );
    await expect(blobs.putStream(pieces())).rejects.toMatchObject({ code: 'STORAGE_FULL' });
    expect(await filesBelow(join(dataDir, 'blobs'))).toEqual([]);
  });
});

onDisk('a range of one byte, the first', async ({ blobs }) => {
  await blobs.putStream(pieces());
  const first = await buffer(await blobs.open(hash, { start: 0, end: 0 }));
  expect(content.subarray(0, 1).equals(first)).toBe(true);
});

// s3rver sends the whole object for `bytes=0-0`.
onS3('a bucket that does not keep to ranges is UNAVAILABLE', async ({ blobs }) => {
  await blobs.putStream(pieces());
  await expect(blobs.open(hash, { start: 0, end: 0 })).rejects.toMatchObject({
    code: 'UNAVAILABLE',
  });
});

onDisk('a stored blob is never written again', async ({ blobs }) => {
  await blobs.putStream(pieces());
  const path = await blobs.localPath(hash);
  const before = await stat(path);
  await blobs.putStream(pieces());
  const after = await stat(path);
  expect([after.ino, after.mtimeMs, after.nlink]).toEqual([before.ino, before.mtimeMs, 1]);
});

onDisk('temporary files of killed processes go after a day', async ({ blobs, dataDir }) => {
  const temporary = join(dataDir, 'blobs', 'temporary');
  await mkdir(temporary, { recursive: true });
  for (const name of ['old', 'new']) await writeFile(join(temporary, name), name);
  const longAgo = new Date(Date.now() - 25 * 60 * 60 * 1000);
  await utimes(join(temporary, 'old'), longAgo, longAgo);
  await blobs.putStream(pieces());
  expect(await readdir(temporary)).toEqual(['new']);
});

onS3('a copy with other bytes than were stored is refused', async ({ blobs, dataDir }) => {
  await blobs.putStream(pieces());
  const objects = await readdir(join(dataDir, 's3'), { recursive: true, withFileTypes: true });
  const object = objects.find((entry) => entry.name.includes(`${hash}._S3rver_object`));
  await writeFile(join(object?.parentPath ?? '', object?.name ?? ''), content.toReversed());
  await expect(blobs.localPath(hash)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(await filesBelow(join(dataDir, 'cache'))).toEqual([]);
});

onS3('old copies make room for new ones, recent ones stay', async ({ dataDir, storageUrl }) => {
  const blobs = createBlobs({ dataDir, storageUrl, cacheBytes: 400_000 });
  const first = await blobs.putStream(pieces());
  const second = await blobs.putStream(pieces(content.subarray(1)));
  const third = await blobs.putStream(pieces(content.subarray(2)));
  const path = await blobs.localPath(first.hash);
  const longAgo = new Date(Date.now() - 2 * 60 * 60 * 1000);
  await utimes(path, longAgo, longAgo);
  await blobs.localPath(second.hash);
  await blobs.localPath(third.hash);
  const left = await filesBelow(join(dataDir, 'cache'));
  expect(left.toSorted()).toEqual([second.hash, third.hash].toSorted());
});

onDisk('a bucket that does not answer is UNAVAILABLE', async ({ dataDir }) => {
  const blobs = createBlobs({ dataDir, storageUrl: 's3://a:b@127.0.0.1:1/videos?tls=0' });
  await expect(blobs.has(hash)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});
