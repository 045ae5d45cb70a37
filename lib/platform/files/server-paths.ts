import { constants } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { AppError } from '#lib/core/errors.ts';

/** How far paths on the server may reach: into these folders, or anywhere this process may read. */
export type Reach =
  | { kind: 'any' }
  | { kind: 'import-roots' | 'model-roots'; roots: readonly string[] };

const ROOTS = {
  'import-roots': { variable: 'WINNOW_IMPORT_ROOTS', use: 'be imported' },
  'model-roots': { variable: 'WINNOW_MODEL_ROOTS', use: 'hold models' },
} as const;

/**
 * The real path behind a path on the server, with all links followed.
 *
 * @throws AppError NOT_FOUND where nothing is there, FORBIDDEN where it leaves the import roots:
 *   outside of them the answer is the same whether or not something is there
 */
export async function resolveWithin(path: string, reach: Reach): Promise<string> {
  if (reach.kind === 'any') return realpath(path).catch(rethrowReadable);
  const roots = await realRoots(reach.roots);
  const isWithin = (place: string, within: readonly string[]) =>
    within.some((root) => isInside(place, root));
  try {
    const real = await realpath(path);
    if (isWithin(real, roots)) return real;
  } catch (error) {
    if (isWithin(resolve(path), [...reach.roots, ...roots])) rethrowReadable(error);
  }
  const { variable, use } = ROOTS[reach.kind];
  throw new AppError(
    'FORBIDDEN',
    reach.roots.length === 0
      ? `Reading folders of the server is switched off; an admin may allow some with ${variable}.`
      : `This lies outside of the folders that may ${use} (${variable}).`,
    { reason: reach.kind },
  );
}

/**
 * Opens an ordinary file for reading. Devices and pipes are refused without waiting for them, and
 * the place is checked once more after opening, so that a link swapped in between gains nothing.
 *
 * @throws AppError NOT_FOUND, FORBIDDEN, or BAD_INPUT where it is no ordinary file
 */
export async function openWithin(path: string, reach: Reach): Promise<FileHandle> {
  const real = await resolveWithin(path, reach);
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const handle = await open(real, flags).catch(rethrowReadable);
  try {
    const opened = await handle.stat();
    if (!opened.isFile()) throw new AppError('BAD_INPUT', 'It is not an ordinary file.');
    if ((await resolveWithin(path, reach)) !== real)
      throw new AppError('FORBIDDEN', 'The path changed while it was opened.');
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function realRoots(roots: readonly string[]): Promise<string[]> {
  const found = await Promise.all(roots.map((root) => realpath(root).catch(() => null)));
  return found.filter((root) => root !== null);
}

function isInside(path: string, root: string): boolean {
  const way = relative(root, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** Turns what the file system says into a sentence about "it". */
function rethrowReadable(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT' || code === 'ENOTDIR')
    throw new AppError('NOT_FOUND', 'Nothing is there under this path.');
  if (code === 'EACCES' || code === 'EPERM')
    throw new AppError('FORBIDDEN', 'The server may not read it: check its permissions.');
  if (code === 'ELOOP') throw new AppError('BAD_INPUT', 'Its links lead in a circle.');
  throw error;
}
