import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#lib/core/errors.ts';
import { asStorageError, errorCode } from './system-error.ts';

const STALE_MILLISECONDS = 24 * 60 * 60 * 1000;

/** Bytes that lie synced in a file under a temporary name, with their hash. */
export interface StagedFile {
  path: string;
  hash: string;
  bytes: number;
}

/** How a temporary file is opened; tests bring one that fails as a full disk does. */
export type OpenFile = (path: string, flags: 'wx') => Promise<FileHandle>;

/**
 * Writes a source to a temporary file while hashing it, and syncs it. Nothing is left on failure.
 *
 * @throws AppError TOO_LARGE beyond `maxBytes`; STORAGE_FULL
 */
export async function stageFile(
  source: AsyncIterable<Uint8Array>,
  folder: string,
  maxBytes: number,
  openFile: OpenFile = open,
): Promise<StagedFile> {
  const path = join(folder, randomUUID());
  try {
    await mkdir(folder, { recursive: true });
    const handle = await openFile(path, 'wx');
    try {
      const { hash, bytes } = await copyAndHash(source, handle, maxBytes);
      await handle.sync();
      return { path, hash, bytes };
    } finally {
      await handle.close();
    }
  } catch (error) {
    await rm(path, { force: true });
    throw asStorageError(error);
  }
}

async function copyAndHash(
  source: AsyncIterable<Uint8Array>,
  handle: FileHandle,
  maxBytes: number,
): Promise<{ hash: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) {
      throw new AppError(
        'TOO_LARGE',
        `The file is larger than ${maxBytes} bytes; send a smaller one.`,
        { maxBytes },
      );
    }
    hash.update(chunk);
    await handle.writeFile(chunk);
  }
  return { hash: hash.digest('hex'), bytes };
}

/** Removes temporary files that a killed process left a day ago or longer. */
export async function sweepStaleFiles(folder: string, nowMilliseconds: number): Promise<void> {
  for (const name of await namesIn(folder)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found && nowMilliseconds - found.mtimeMs > STALE_MILLISECONDS) {
      await rm(path, { force: true });
    }
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
