import { AppError } from '#lib/core/errors.ts';

const SHA256 = /^[0-9a-f]{64}$/;

/** Where a blob lies in its store. A hash that is no SHA-256 never becomes a path. */
export function blobKey(hash: string): string {
  if (!SHA256.test(hash)) {
    throw new AppError('BAD_INPUT', 'A blob is named by its SHA-256: 64 hexadecimal digits.');
  }
  return `${hash.slice(0, 2)}/${hash}`;
}

/** The hash of a blob's key; null for a key that is none. */
export function hashOfKey(key: string): string | null {
  const hash = key.slice(key.lastIndexOf('/') + 1);
  return SHA256.test(hash) ? hash : null;
}
