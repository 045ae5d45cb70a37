import type { Platform } from '#lib/platform/platform.ts';
import type { ReadVersion } from './read-version.ts';

/**
 * The Parquet parts of a version as files of this machine, in the order of their clips' uids; to be
 * read with `parquetRows` and never written.
 */
export async function canonicalFiles(
  { blobs }: Pick<Platform, 'blobs'>,
  { parts }: Pick<ReadVersion, 'parts'>,
): Promise<string[]> {
  const files: string[] = [];
  for (const hash of parts) files.push(await blobs.localPath(hash));
  return files;
}
