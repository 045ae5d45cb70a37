import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#lib/core/errors.ts';
import { type Reach, resolveWithin } from './server-paths.ts';

export interface FoundFile {
  /** Relative to the folder, with `/`. */
  path: string;
  /** Why it can't be read, where that is known from its place. */
  refusal: string | null;
}

const DEPTH_LIMIT = 8;
const FILE_LIMIT = 200_000;

/**
 * Finds all files under a folder. Links are followed as far as they may be read; a link that leaves
 * the import roots is given back with the reason.
 *
 * @throws AppError TOO_LARGE above 200,000 files, and as `resolveWithin` for the folder itself
 */
export async function* walkFolder(folder: string, reach: Reach): AsyncGenerator<FoundFile> {
  const root = await resolveWithin(folder, reach);
  const pending = [{ path: '', real: root }];
  // Folders by their real path, so that a link back up ends.
  const seen = new Set([root]);
  let count = 0;
  for (let next = pending.pop(); next; next = pending.pop()) {
    for await (const entry of await opendir(next.real)) {
      const path = next.path === '' ? entry.name : `${next.path}/${entry.name}`;
      const inner = join(next.real, entry.name);
      const kind = await kindOf(entry, inner, reach);
      if (kind.kind === 'folder') {
        if (seen.has(kind.real) || path.split('/').length > DEPTH_LIMIT) continue;
        seen.add(kind.real);
        pending.push({ path, real: kind.real });
        continue;
      }
      if (++count > FILE_LIMIT)
        throw new AppError(
          'TOO_LARGE',
          `The folder holds more than ${FILE_LIMIT} files; import a part of it.`,
        );
      yield { path, refusal: kind.refusal };
    }
  }
}

type Kind = { kind: 'folder'; real: string } | { kind: 'file'; refusal: string | null };

async function kindOf(
  entry: { isDirectory(): boolean; isSymbolicLink(): boolean },
  path: string,
  reach: Reach,
): Promise<Kind> {
  if (entry.isDirectory()) return { kind: 'folder', real: path };
  if (!entry.isSymbolicLink()) return { kind: 'file', refusal: null };
  try {
    const real = await resolveWithin(path, reach);
    const isFolder = (await stat(real)).isDirectory();
    return isFolder ? { kind: 'folder', real } : { kind: 'file', refusal: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { kind: 'file', refusal: `It is a link that can not be followed. ${error.message}` };
  }
}
