import type { Clip } from './schema.ts';

/** A page of clips asks for its videos a moment later, several times each. */
const MOST_REMEMBERED = 20_000;

/** Where the table says that a clip lies. */
export interface ClipWords {
  path: string;
  /** What stands in a column named so, whether or not it is to be trusted. */
  hash: string | null;
}

const words = new Map<string, ClipWords>();

/** Keeps where the clips of a version lie, so that their videos need no look into the table. */
export function rememberPaths(versionId: number, clips: readonly Clip[]): void {
  for (const clip of clips) {
    const key = `${versionId}/${clip.uid}`;
    // Moved to the end: the first one goes when there are too many.
    words.delete(key);
    words.set(key, wordsOf(clip));
  }
  for (const key of words.keys()) {
    if (words.size <= MOST_REMEMBERED) break;
    words.delete(key);
  }
}

/** Where a clip lies, if it was listed by this process lately. A version never changes. */
export function recallPath(versionId: number, uid: string): ClipWords | null {
  return words.get(`${versionId}/${uid}`) ?? null;
}

export function wordsOf({ path, values: { hash } }: Clip): ClipWords {
  return { path, hash: typeof hash === 'string' ? hash : null };
}
