import { isAbsolute, resolve } from 'node:path';
import { AppError } from '#lib/core/errors.ts';
import { type Reach, resolveWithin } from '#lib/platform/files/server-paths.ts';
import type { Platform } from '#lib/platform/platform.ts';

/** Where the clips of a table lie. */
export interface ClipPlace {
  /** The folder under which relative paths lie; null where there is none. */
  mediaRoot: string | null;
  /** How far paths of the server may reach. */
  reach: 'import-roots' | 'any';
}

/**
 * The file of a clip on this machine: the blob where the table has its hash, else the path under the
 * media root.
 *
 * @throws AppError NOT_FOUND, FORBIDDEN or BAD_INPUT, with a sentence about "it"
 */
export async function clipFile(
  { blobs, environment }: Pick<Platform, 'blobs' | 'environment'>,
  { mediaRoot, reach }: ClipPlace,
  { path, hash }: { path: string; hash: string | null },
): Promise<string> {
  if (hash !== null) return blobs.localPath(hash);
  const allowed: Reach =
    reach === 'any' ? { kind: 'any' } : { kind: 'import-roots', roots: environment.importRoots };
  if (isAbsolute(path)) return resolveWithin(path, allowed);
  if (mediaRoot === null)
    throw new AppError('BAD_INPUT', 'Its path is relative, and the table has no media folder.');
  const whole = resolve(mediaRoot, path);
  // A relative path stays under its folder, whatever else may be read.
  await resolveWithin(whole, { kind: 'import-roots', roots: [mediaRoot] }).catch(asOutside);
  return resolveWithin(whole, allowed);
}

function asOutside(error: unknown): never {
  if (error instanceof AppError && error.code === 'FORBIDDEN')
    throw new AppError('FORBIDDEN', 'Its path leads out of the media folder.', {
      reason: 'media-root',
    });
  throw error;
}
