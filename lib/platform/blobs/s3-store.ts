import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Disk } from 'flydrive';
import { S3Driver } from 'flydrive/drivers/s3';
import { AppError } from '#lib/core/errors.ts';
import type { BlobStore } from './blob-store.ts';
import type { Bucket } from './bucket-url.ts';

/** What S3 takes in one request. */
const MAX_OBJECT_BYTES = 5 * 1024 ** 3;
const CONNECT_MILLISECONDS = 10_000;
/** Without a byte for this long, a transfer has failed. */
const IDLE_MILLISECONDS = 120_000;

/** Blobs as objects of an S3 bucket. */
export function s3Store(target: Bucket): BlobStore {
  const { bucket, prefix } = target;
  const client = new S3Client({
    endpoint: target.endpoint,
    region: target.region,
    forcePathStyle: target.isPathStyle,
    ...(target.credentials ? { credentials: target.credentials } : {}),
    // Checksums in trailers are unknown to many stores that speak S3; we check SHA-256 ourselves.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: CONNECT_MILLISECONDS,
      socketTimeout: IDLE_MILLISECONDS,
    },
  });
  const disk = new Disk(
    new S3Driver({ client, bucket, supportsACL: false, visibility: 'private' }),
  );
  const nameOf = (key: string) => `${prefix}${key}`;
  const size = (key: string) =>
    reach(async () => {
      const name = nameOf(key);
      return (await disk.exists(name)) ? (await disk.getMetaData(name)).contentLength : null;
    });
  return {
    async commit(key, file, bytes) {
      try {
        if (bytes > MAX_OBJECT_BYTES) throw tooLarge(bytes);
        if ((await size(key)) === bytes) return;
        await reach(() =>
          disk.putStream(nameOf(key), createReadStream(file), {
            contentLength: bytes,
            contentType: 'application/octet-stream',
          }),
        );
      } finally {
        await rm(file, { force: true });
      }
    },
    size,
    read: (key, { start, end }) =>
      reach(async () => {
        const { Body, ContentLength } = await client.send(
          new GetObjectCommand({
            Bucket: bucket,
            Key: nameOf(key),
            Range: `bytes=${start}-${end}`,
          }),
        );
        if (!(Body instanceof Readable)) throw new Error('the answer has no body');
        if (ContentLength !== end - start + 1) {
          Body.destroy();
          throw new Error('it does not keep to byte ranges');
        }
        return Body;
      }),
    path: () => null,
    remove: (key) => reach(() => disk.delete(nameOf(key))),
    async *keys() {
      let paginationToken: string | undefined;
      do {
        const page = await reach(() =>
          disk.listAll(prefix || '/', {
            recursive: true,
            ...(paginationToken === undefined ? {} : { paginationToken }),
          }),
        );
        for (const entry of page.objects) if (entry.isFile) yield entry.key.slice(prefix.length);
        paginationToken = page.paginationToken;
      } while (paginationToken !== undefined);
    },
  };
}

function tooLarge(bytes: number): AppError {
  return new AppError(
    'TOO_LARGE',
    `The file has ${bytes} bytes; a bucket takes at most ${MAX_OBJECT_BYTES} bytes a file.`,
    { bytes, maxBytes: MAX_OBJECT_BYTES },
  );
}

/** Does one thing with the bucket; what fails there becomes an error of ours. */
async function reach<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const causes = [error, error instanceof Error ? error.cause : null].filter(
      (each) => each instanceof Error,
    );
    const isFull = causes.some(({ name }) => /InsufficientStorage|QuotaExceeded/i.test(name));
    const detail = causes.at(-1)?.message ?? String(error);
    throw isFull
      ? new AppError(
          'STORAGE_FULL',
          'The bucket is full; free some space and try again.',
          {},
          {
            cause: error,
          },
        )
      : new AppError(
          'UNAVAILABLE',
          `The bucket does not answer as it should (${detail}); check STORAGE_URL.`,
          {},
          { cause: error },
        );
  }
}
