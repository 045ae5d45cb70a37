import { AppError } from '#lib/core/errors.ts';
import { parseBucketAddress } from '#lib/platform/buckets/read-bucket.ts';
import { isPattern, readPattern } from '#lib/platform/files/glob.ts';
import { resolveWithin } from '#lib/platform/files/server-paths.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { DatasetSource } from '../schema.ts';
import { expectWithinBuckets } from './bucket-entries.ts';
import { expectWholePath } from './server-entries.ts';
import { readUploadToken } from './upload-token.ts';

/**
 * Looks at the place of a source before work on it is asked for: whether it is there and may be read.
 *
 * @throws AppError BAD_INPUT, FORBIDDEN or NOT_FOUND
 */
export async function checkSource(
  { environment, secret, blobs }: Pick<Platform, 'environment' | 'secret' | 'blobs'>,
  source: DatasetSource,
  { projectId, reach }: { projectId: number; reach: 'any' | 'import-roots' },
): Promise<void> {
  if (source.kind === 'upload') {
    const hash = readUploadToken(secret, projectId, source.token);
    if (!(await blobs.has(hash)))
      throw new AppError('NOT_FOUND', 'The file is not there any more; send it again.', {
        field: 'token',
      });
    return;
  }
  const { path } = source;
  if (path.startsWith('s3://')) {
    parseBucketAddress(path);
    expectWithinBuckets(path, reach === 'any' ? null : environment.importBuckets);
    return;
  }
  expectWholePath(path);
  const place = isPattern(path) ? readPattern(path).folder || '/' : path;
  await resolveWithin(
    place,
    reach === 'any' ? { kind: 'any' } : { kind: 'import-roots', roots: environment.importRoots },
  );
}
