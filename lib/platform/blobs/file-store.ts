import { createReadStream } from 'node:fs';
import { link, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Disk } from 'flydrive';
import { FSDriver } from 'flydrive/drivers/fs';
import type { BlobStore } from './blob-store.ts';
import { errorCode } from './system-error.ts';

/** Blobs as files below a folder. */
export function fileStore(folder: string): BlobStore {
  const disk = new Disk(new FSDriver({ location: folder, visibility: 'private' }));
  const pathOf = (key: string) => join(folder, key);
  return {
    async commit(key, file) {
      const path = pathOf(key);
      try {
        await mkdir(dirname(path), { recursive: true });
        await publish(file, path);
        await syncFolder(dirname(path));
      } finally {
        await rm(file, { force: true });
      }
    },
    async size(key) {
      return (await disk.exists(key)) ? (await disk.getMetaData(key)).contentLength : null;
    },
    read: async (key, { start, end }) => createReadStream(pathOf(key), { start, end }),
    path: pathOf,
    remove: (key) => disk.delete(key),
    async *keys() {
      for (let byte = 0; byte < 256; byte++) {
        const prefix = byte.toString(16).padStart(2, '0');
        for (const entry of await listFolder(disk, prefix)) if (entry.isFile) yield entry.key;
      }
    },
  };
}

/** Gives the file its final name, unless something bears it already: then that stays. */
async function publish(file: string, path: string): Promise<void> {
  try {
    await link(file, path);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST') return;
    // Some mounted folders know no hard links.
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(code)) throw error;
    await rename(file, path);
  }
}

/** So that the new name survives a power cut, and not only the bytes. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function listFolder(disk: Disk, prefix: string) {
  try {
    return (await disk.listAll(prefix)).objects;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
