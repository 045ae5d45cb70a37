import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { AppError } from '#lib/core/errors.ts';
import { BlobCache } from './blob-cache.ts';
import type { BlobStore } from './blob-store.ts';
import { parseBucketUrl } from './bucket-url.ts';
import { fileStore } from './file-store.ts';
import { blobKey, hashOfKey } from './hash.ts';
import { s3Store } from './s3-store.ts';
import { type OpenFile, stageFile, sweepStaleFiles } from './stage-file.ts';
import { asStorageError, errorCode } from './system-error.ts';

const DEFAULT_CACHE_BYTES = 20 * 1024 ** 3;

/** A stored blob: its SHA-256 in hexadecimal, which is its name, and its size. */
export interface StoredBlob {
  hash: string;
  bytes: number;
}

/**
 * Stored bytes, named by their SHA-256. A blob is written under a temporary name, synced, then named;
 * it is never changed. Every method throws AppError BAD_INPUT for a hash that is none, and
 * UNAVAILABLE when a bucket does not answer.
 */
export interface Blobs {
  /**
   * Stores what a source yields; the same bytes twice are one blob.
   *
   * @throws AppError TOO_LARGE beyond `maxBytes`; STORAGE_FULL. Nothing is left of either.
   */
  putStream(
    source: AsyncIterable<Uint8Array>,
    options?: { maxBytes?: number },
  ): Promise<StoredBlob>;
  /** Stores a copy of a file. @throws AppError NOT_FOUND, TOO_LARGE, STORAGE_FULL */
  putFile(path: string, options?: { maxBytes?: number }): Promise<StoredBlob>;
  has(hash: string): Promise<boolean>;
  /** Size in bytes. @throws AppError NOT_FOUND */
  size(hash: string): Promise<number>;
  /**
   * Reads a blob or a part of it: `start` and `end` are the first and the last byte, both included,
   * from 0. Only those bytes are fetched. @throws AppError NOT_FOUND; BAD_INPUT for a range outside
   */
  open(hash: string, range?: { start?: number; end?: number }): Promise<Readable>;
  /**
   * A path on this machine that holds the blob, to be read soon and never written. From a bucket it is
   * fetched to a cache and its hash is checked. @throws AppError NOT_FOUND
   */
  localPath(hash: string): Promise<string>;
  /** Removes a blob; nothing happens when there is none. */
  remove(hash: string): Promise<void>;
  /** The hashes of all blobs, in no order. */
  list(): AsyncGenerator<string>;
}

export interface BlobOptions {
  dataDir: string;
  /** An S3 bucket as `parseBucketUrl` reads it; without it blobs lie in `dataDir`/blobs. */
  storageUrl?: string | undefined;
  /** Size beyond which local copies of a bucket's blobs are thrown away. */
  cacheBytes?: number;
}

/** Opens the store of blobs. It holds nothing open, so there is nothing to close. */
export function createBlobs(
  { dataDir, storageUrl, cacheBytes = DEFAULT_CACHE_BYTES }: BlobOptions,
  deps: { openFile?: OpenFile } = {},
): Blobs {
  const folder = join(dataDir, 'blobs');
  const temporary = join(folder, 'temporary');
  const store: BlobStore = storageUrl ? s3Store(parseBucketUrl(storageUrl)) : fileStore(folder);
  const cache = new BlobCache(join(dataDir, 'cache', 'blobs'), cacheBytes);
  let swept: Promise<void> | null = null;

  const size: Blobs['size'] = async (hash) => {
    const bytes = await store.size(blobKey(hash));
    if (bytes === null) throw new AppError('NOT_FOUND', `There is no blob ${hash}.`, { hash });
    return bytes;
  };
  const putStream: Blobs['putStream'] = async (source, { maxBytes = Infinity } = {}) => {
    // A stream that fails before it is read must not end the process: the loop that reads it will see.
    if (source instanceof Readable) source.on('error', () => undefined);
    swept ??= sweepStaleFiles(temporary, Date.now());
    await swept;
    const staged = await stageFile(source, temporary, maxBytes, deps.openFile);
    try {
      await store.commit(blobKey(staged.hash), staged.path, staged.bytes);
    } catch (error) {
      throw asStorageError(error);
    }
    return { hash: staged.hash, bytes: staged.bytes };
  };
  const open: Blobs['open'] = async (hash, { start = 0, end } = {}) => {
    const bytes = await size(hash);
    if (bytes === 0 && start === 0 && end === undefined) return Readable.from([]);
    const last = end ?? bytes - 1;
    if (!(start >= 0 && start <= last && last < bytes)) {
      throw new AppError(
        'BAD_INPUT',
        `Bytes ${start} to ${last} are not within the blob, which has ${bytes} bytes.`,
        { bytes },
      );
    }
    return store.read(blobKey(hash), { start, end: last });
  };
  return {
    putStream,
    async putFile(path, options) {
      try {
        return await putStream(createReadStream(path), options);
      } catch (error) {
        if (errorCode(error) !== 'ENOENT') throw error;
        throw new AppError('NOT_FOUND', `There is no file ${path}.`, {}, { cause: error });
      }
    },
    has: async (hash) => (await store.size(blobKey(hash))) !== null,
    size,
    open,
    async localPath(hash) {
      const path = store.path(blobKey(hash));
      if (path === null) return cache.path(hash, () => open(hash));
      await size(hash);
      return path;
    },
    async remove(hash) {
      await Promise.all([store.remove(blobKey(hash)), cache.remove(hash)]);
    },
    async *list() {
      for await (const key of store.keys()) {
        const hash = hashOfKey(key);
        if (hash) yield hash;
      }
    },
  };
}
