import { buffer } from 'node:stream/consumers';
import { AppError } from '#lib/core/errors.ts';
import type { Blobs } from '#lib/platform/blobs/blobs.ts';

const HEAD_BYTES = 16;

/**
 * The type of a picture by its first bytes; nothing that a browser could run is ever one.
 *
 * @throws AppError NOT_FOUND for anything but PNG, JPEG, WebP, GIF or AVIF.
 */
export async function sniffImage(
  blobs: Pick<Blobs, 'open'>,
  hash: string,
  bytes: number,
): Promise<string> {
  const end = Math.min(HEAD_BYTES, bytes) - 1;
  const head =
    end < 0 ? '' : (await buffer(await blobs.open(hash, { start: 0, end }))).toString('latin1');
  if (head.startsWith('\x89PNG\r\n')) return 'image/png';
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'image/webp';
  if (head.startsWith('GIF8')) return 'image/gif';
  if (head.slice(4, 12) === 'ftypavif') return 'image/avif';
  throw new AppError('NOT_FOUND', 'There is no such picture.', { reason: 'not-a-picture' });
}
