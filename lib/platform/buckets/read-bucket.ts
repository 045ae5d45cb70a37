import { Readable } from 'node:stream';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { AppError } from '#lib/core/errors.ts';

const CONNECT_MS = 10_000;
/** Without a byte for this long, a transfer has failed. */
const IDLE_MS = 120_000;
const OBJECT_LIMIT = 200_000;

/** A place in a bucket: `s3://bucket/key`. */
export interface BucketAddress {
  bucket: string;
  key: string;
}

export interface BucketObject {
  key: string;
  bytes: number;
}

/** Reads `s3://bucket/key`. @throws AppError BAD_INPUT */
export function parseBucketAddress(address: string): BucketAddress {
  const [, bucket, key = ''] =
    /^s3:\/\/([a-z0-9][a-z0-9.-]{1,62})(?:\/(.*))?$/s.exec(address) ?? [];
  if (bucket === undefined)
    throw new AppError(
      'BAD_INPUT',
      'Write the address as s3://bucket/folder or s3://bucket/file.',
      {
        field: 'path',
      },
    );
  return { bucket, key };
}

/** Foreign buckets, read with the credentials that the AWS SDK finds in the environment. */
export interface BucketReader {
  /** All objects whose key starts so. @throws AppError UNAVAILABLE, FORBIDDEN, NOT_FOUND, TOO_LARGE */
  list(address: BucketAddress, signal?: AbortSignal): AsyncGenerator<BucketObject>;
  /** The bytes of an object. @throws AppError as `list`; also while they are read */
  read(address: BucketAddress, signal?: AbortSignal): AsyncGenerator<Uint8Array>;
  close(): void;
}

/** Opens the door to foreign buckets; `AWS_ENDPOINT_URL` leads to a store that is not Amazon's. */
export function openBucketReader(
  source: Readonly<Record<string, string | undefined>> = process.env,
): BucketReader {
  const client = new S3Client({
    region: source.AWS_REGION ?? 'us-east-1',
    ...(source.AWS_ENDPOINT_URL === undefined
      ? {}
      : { endpoint: source.AWS_ENDPOINT_URL, forcePathStyle: true }),
    requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: IDLE_MS },
    // Checksums in trailers are unknown to many stores that speak S3.
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const options = (signal: AbortSignal | undefined) => (signal ? { abortSignal: signal } : {});
  return {
    async *list({ bucket, key }, signal) {
      let token: string | undefined;
      let count = 0;
      do {
        const command = new ListObjectsV2Command({
          Bucket: bucket,
          Prefix: key,
          ...(token === undefined ? {} : { ContinuationToken: token }),
        });
        const page = await client.send(command, options(signal)).catch((e) => fail(e, bucket));
        for (const found of page.Contents ?? []) {
          if (found.Key === undefined || found.Key.endsWith('/')) continue;
          if (++count > OBJECT_LIMIT)
            throw new AppError(
              'TOO_LARGE',
              `The address holds more than ${OBJECT_LIMIT} objects; give a part of it.`,
            );
          yield { key: found.Key, bytes: found.Size ?? 0 };
        }
        token = page.NextContinuationToken;
      } while (token !== undefined);
    },
    async *read({ bucket, key }, signal) {
      const command = new GetObjectCommand({ Bucket: bucket, Key: key });
      const answer = await client.send(command, options(signal)).catch((e) => fail(e, bucket));
      if (!(answer.Body instanceof Readable)) throw unavailable('the answer has no body');
      let bytes = 0;
      try {
        for await (const chunk of answer.Body) {
          bytes += chunk.length;
          yield chunk;
        }
      } catch (error) {
        fail(error, bucket);
      }
      if (answer.ContentLength !== undefined && bytes !== answer.ContentLength)
        throw unavailable(`${bytes} of ${answer.ContentLength} bytes came`);
    },
    close: () => client.destroy(),
  };
}

function fail(error: unknown, bucket: string): never {
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  if (name === 'AbortError') throw error;
  if (/NoSuchBucket|NoSuchKey|NotFound/.test(name))
    throw new AppError('NOT_FOUND', `Nothing is there in the bucket ${bucket} (${name}).`);
  if (/AccessDenied|Forbidden|InvalidAccessKeyId|SignatureDoesNotMatch|Credentials/.test(name))
    throw new AppError(
      'FORBIDDEN',
      `The bucket ${bucket} may not be read with the credentials of the server (${name}).`,
    );
  throw unavailable(message, error);
}

function unavailable(detail: string, cause?: unknown): AppError {
  return new AppError(
    'UNAVAILABLE',
    `The bucket does not answer as it should (${detail}).`,
    {},
    { cause },
  );
}
