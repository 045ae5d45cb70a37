import { AppError } from '#lib/core/errors.ts';
import { type BucketReader, parseBucketAddress } from '#lib/platform/buckets/read-bucket.ts';
import { isPattern, readPattern } from '#lib/platform/files/glob.ts';
import type { FoundEntry } from './source-file.ts';
import { withStaged } from './stage.ts';

export interface BucketPlace {
  /** `s3://bucket/...`: an object, a folder, or a pattern. */
  path: string;
  /** Where it may reach: places that end with a slash; null for anywhere. */
  within: readonly string[] | null;
  folder: string;
  signal: AbortSignal;
}

/**
 * The objects of an address, each brought to hand as a copy.
 *
 * @throws AppError BAD_INPUT, FORBIDDEN, NOT_FOUND, UNAVAILABLE
 */
export async function listBucket(bucket: BucketReader, place: BucketPlace): Promise<FoundEntry[]> {
  const { path, within, signal } = place;
  const address = parseBucketAddress(path);
  expectWithinBuckets(path, within);
  const pattern = isPattern(address.key) ? readPattern(address.key) : null;
  const prefix = pattern ? pattern.folder : address.key.replace(/\/+$/, '');
  const nameOf = (key: string): string | null => {
    if (!pattern && key === prefix) return key.slice(key.lastIndexOf('/') + 1);
    if (prefix !== '' && !key.startsWith(`${prefix}/`)) return null;
    const rest = prefix === '' ? key : key.slice(prefix.length + 1);
    return !pattern || pattern.matches(rest) ? rest : null;
  };
  const entries: FoundEntry[] = [];
  for await (const { key } of bucket.list({ bucket: address.bucket, key: prefix }, signal)) {
    const name = nameOf(key);
    if (name === null) continue;
    const read = () => bucket.read({ bucket: address.bucket, key }, signal);
    entries.push({
      name,
      read,
      withLocal: (use) => withStaged(place.folder, read(), 'none', signal, use),
    });
  }
  return entries;
}

/** @throws AppError FORBIDDEN for an address outside of these places */
export function expectWithinBuckets(path: string, within: readonly string[] | null): void {
  if (within !== null && !within.some((root) => `${path.replace(/\/+$/, '')}/`.startsWith(root)))
    throw new AppError(
      'FORBIDDEN',
      'This lies outside of the buckets that may be imported (WINNOW_IMPORT_ROOTS).',
      { reason: 'import-roots' },
    );
}
