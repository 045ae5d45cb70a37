import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#lib/core/errors.ts';
import { openWithin, type Reach } from '#lib/platform/files/server-paths.ts';
import { walkFolder } from '#lib/platform/files/walk-folder.ts';
import type { FileSet } from './file-set.ts';

export interface ServerFilesOptions {
  /** Where relative paths start. */
  folder: string;
  reach: Reach;
  /** Copies are made here while a file is looked at, so that it can't change meanwhile. */
  stagingDir: string;
  maxBytes: number;
}

/** The files under a folder of this machine. */
export function serverFiles({ folder, reach, stagingDir, maxBytes }: ServerFilesOptions): FileSet {
  const chunks = async function* (path: string): AsyncGenerator<Uint8Array> {
    const handle = await openWithin(resolve(folder, path), reach);
    try {
      const { size } = await handle.stat();
      if (size > maxBytes) throw tooLarge(maxBytes);
      let bytes = 0;
      for await (const chunk of handle.createReadStream({ autoClose: false })) {
        bytes += chunk.length;
        if (bytes > maxBytes) throw tooLarge(maxBytes);
        yield chunk;
      }
    } finally {
      await handle.close();
    }
  };
  return {
    list: () => walkFolder(folder, reach),
    read: chunks,
    async digest(path) {
      const hash = createHash('sha256');
      let bytes = 0;
      for await (const chunk of chunks(path)) {
        hash.update(chunk);
        bytes += chunk.length;
      }
      return { hash: hash.digest('hex'), bytes };
    },
    async withFile(path, use) {
      await mkdir(stagingDir, { recursive: true });
      const localPath = join(stagingDir, randomUUID());
      const hash = createHash('sha256');
      let bytes = 0;
      const measured = async function* () {
        for await (const chunk of chunks(path)) {
          hash.update(chunk);
          bytes += chunk.length;
          yield chunk;
        }
      };
      try {
        await pipeline(measured, createWriteStream(localPath, { flags: 'wx', mode: 0o600 }));
        return await use({ localPath, hash: hash.digest('hex'), bytes });
      } finally {
        await rm(localPath, { force: true });
      }
    },
  };
}

function tooLarge(maxBytes: number): AppError {
  return new AppError(
    'TOO_LARGE',
    `It is larger than ${Math.floor(maxBytes / 1024 ** 2)} MiB, the most that a video may have.`,
  );
}
