import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#lib/core/errors.ts';
import { stageFile } from './stage-file.ts';
import { errorCode } from './system-error.ts';

/** A blob that was asked for this recently may still be in use, so it stays. */
const IN_USE_MILLISECONDS = 60 * 60 * 1000;

type Fetch = () => Promise<AsyncIterable<Uint8Array>>;

/** Copies on this machine of blobs that lie elsewhere; the longest unused go first. */
export class BlobCache {
  private readonly files: string;
  private readonly temporary: string;
  private readonly maxBytes: number;
  private readonly fetching = new Map<string, Promise<string>>();

  constructor(folder: string, maxBytes: number) {
    this.files = join(folder, 'files');
    this.temporary = join(folder, 'temporary');
    this.maxBytes = maxBytes;
  }

  /** The path of the copy, fetched first when there is none. Its bytes have been checked. */
  async path(hash: string, fetch: Fetch): Promise<string> {
    const path = join(this.files, hash);
    if (await touch(path)) return path;
    const fetching = this.fetching.get(hash) ?? this.fill(hash, path, fetch);
    this.fetching.set(hash, fetching);
    return fetching.finally(() => this.fetching.delete(hash));
  }

  async remove(hash: string): Promise<void> {
    await rm(join(this.files, hash), { force: true });
  }

  private async fill(hash: string, path: string, fetch: Fetch): Promise<string> {
    const staged = await stageFile(await fetch(), this.temporary, Number.POSITIVE_INFINITY);
    if (staged.hash !== hash) {
      await rm(staged.path, { force: true });
      throw new AppError(
        'UNAVAILABLE',
        `The stored bytes of ${hash} are not those that were put there; restore them from a backup.`,
        { hash, found: staged.hash },
      );
    }
    await mkdir(this.files, { recursive: true });
    await rename(staged.path, path);
    await this.evict();
    return path;
  }

  private async evict(): Promise<void> {
    const copies: { path: string; bytes: number; used: number }[] = [];
    for (const name of await readdir(this.files)) {
      const path = join(this.files, name);
      const found = await stat(path).catch(() => null);
      if (found) copies.push({ path, bytes: found.size, used: found.mtimeMs });
    }
    let total = copies.reduce((sum, { bytes }) => sum + bytes, 0);
    const inUse = Date.now() - IN_USE_MILLISECONDS;
    for (const { path, bytes, used } of copies.sort((a, b) => a.used - b.used)) {
      if (total <= this.maxBytes || used > inUse) return;
      await rm(path, { force: true });
      total -= bytes;
    }
  }
}

/** Marks a file as used now; false when there is none. */
async function touch(path: string): Promise<boolean> {
  try {
    const now = new Date();
    await utimes(path, now, now);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
