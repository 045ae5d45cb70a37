import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { AppError } from '#lib/core/errors.ts';
import type { Packing } from './formats.ts';

/** What one file may have once it is unpacked, in bytes. */
const UNPACKED_LIMIT = 200 * 1024 ** 3;

/**
 * Writes bytes to a file of this folder, unpacked, and lets `use` have it; it goes afterwards.
 *
 * @throws AppError BAD_INPUT where they can't be unpacked to their end; STORAGE_FULL; TOO_LARGE
 */
export async function withStaged<T>(
  folder: string,
  source: AsyncIterable<Uint8Array>,
  packing: Packing,
  signal: AbortSignal,
  use: (localPath: string) => Promise<T>,
): Promise<T> {
  const path = join(folder, randomUUID());
  try {
    const target = createWriteStream(path, { flags: 'wx', mode: 0o600 });
    const unpack = unpacker(packing);
    const from = Readable.from(source, { objectMode: false });
    try {
      if (unpack) await pipeline(from, unpack, limited, target, { signal });
      else await pipeline(from, target, { signal });
    } catch (error) {
      throw asStagingError(error, packing);
    }
    return await use(path);
  } finally {
    await rm(path, { force: true });
  }
}

function unpacker(packing: Packing): Transform | null {
  if (packing === 'gzip') return createGunzip();
  return packing === 'zstd' ? createZstdDecompress() : null;
}

async function* limited(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > UNPACKED_LIMIT)
      throw new AppError(
        'TOO_LARGE',
        `It has more than ${UNPACKED_LIMIT} bytes unpacked; give it in parts.`,
      );
    yield chunk;
  }
}

function asStagingError(error: unknown, packing: Packing): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC')
    return new AppError('STORAGE_FULL', 'The disk is full; free some space and try again.');
  if (packing !== 'none' && /^(Z_|ZSTD_|ERR_ZSTD|ERR_ZLIB)/.test(code))
    return new AppError(
      'BAD_INPUT',
      `It can't be unpacked to its end (${packing}); pack it anew.`,
      {
        reason: 'packing',
      },
    );
  return error;
}
