import { existsSync } from 'node:fs';
import { type FileHandle, stat } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import { AppError } from '#lib/core/errors.ts';
import { isPattern, readPattern } from '#lib/platform/files/glob.ts';
import { openWithin, type Reach, resolveWithin } from '#lib/platform/files/server-paths.ts';
import { walkFolder } from '#lib/platform/files/walk-folder.ts';
import type { FoundEntry, PassedOver } from './source-file.ts';
import { withStaged } from './stage.ts';

export interface Listing {
  entries: FoundEntry[];
  passedOver: PassedOver[];
}

export interface ServerPlace {
  path: string;
  reach: Reach;
  folder: string;
  signal: AbortSignal;
}

/**
 * A file, the files under a folder, or those that fit a pattern, as far as they may be reached.
 *
 * @throws AppError BAD_INPUT, NOT_FOUND, FORBIDDEN, TOO_LARGE
 */
export async function listServer(place: ServerPlace): Promise<Listing> {
  const { path, reach } = place;
  expectWholePath(path);
  if (isPattern(path) && !existsSync(path)) {
    const pattern = readPattern(path);
    return walk(place, pattern.folder === '' ? '/' : pattern.folder, pattern.matches);
  }
  const real = await resolveWithin(path, reach);
  if ((await stat(real)).isDirectory()) return walk(place, path, () => true);
  return { entries: [entryOf(place, path, basename(path))], passedOver: [] };
}

async function walk(
  place: ServerPlace,
  folder: string,
  matches: (path: string) => boolean,
): Promise<Listing> {
  const entries: FoundEntry[] = [];
  const passedOver: PassedOver[] = [];
  for await (const { path, refusal } of walkFolder(folder, place.reach)) {
    if (!matches(path)) continue;
    if (refusal === null) entries.push(entryOf(place, join(folder, path), path));
    else passedOver.push({ file: path, reason: refusal });
    place.signal.throwIfAborted();
  }
  return { entries, passedOver };
}

function entryOf(place: ServerPlace, path: string, name: string): FoundEntry {
  const open = async <T>(use: (handle: FileHandle) => Promise<T>): Promise<T> => {
    const handle = await openWithin(path, place.reach);
    try {
      return await use(handle);
    } finally {
      await handle.close();
    }
  };
  async function* read(): AsyncGenerator<Uint8Array> {
    const handle = await openWithin(path, place.reach);
    try {
      yield* handle.createReadStream({ autoClose: false });
    } finally {
      await handle.close();
    }
  }
  return {
    name,
    read,
    withLocal: (use) =>
      open((handle) => {
        // The opened file itself, whatever its path leads to by now; where the system has no such
        // name for it, a copy.
        const held = `/proc/${process.pid}/fd/${handle.fd}`;
        return existsSync(held)
          ? use(held)
          : withStaged(place.folder, read(), 'none', place.signal, use);
      }),
  };
}

/** @throws AppError BAD_INPUT for a relative path, or one that leads upwards */
export function expectWholePath(path: string): void {
  if (!isAbsolute(path))
    throw new AppError('BAD_INPUT', 'Write the whole path, such as /srv/tables/clips.parquet.', {
      field: 'path',
    });
  if (path.split('/').includes('..'))
    throw new AppError('BAD_INPUT', 'Write the path without "..".', { field: 'path' });
}
