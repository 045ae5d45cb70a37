import { createHash } from 'node:crypto';

/** The uid of a clip that has none of its own: md5 of its path, 32 hexadecimal digits. */
export function clipUid(path: string): string {
  return createHash('md5').update(path).digest('hex');
}
