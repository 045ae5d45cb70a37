/** A page of clips asks for its videos a moment later, several times each. */
const MOST_REMEMBERED = 20_000;

const paths = new Map<string, string>();

/** Keeps where the clips of a version lie, so that their videos need no look into the table. */
export function rememberPaths(
  versionId: number,
  clips: readonly { readonly uid: string; readonly path: string }[],
): void {
  for (const { uid, path } of clips) {
    const key = `${versionId}/${uid}`;
    // Moved to the end: the first one goes when there are too many.
    paths.delete(key);
    paths.set(key, path);
  }
  for (const key of paths.keys()) {
    if (paths.size <= MOST_REMEMBERED) break;
    paths.delete(key);
  }
}

/** Where a clip lies, if it was listed by this process lately. A version never changes. */
export function recallPath(versionId: number, uid: string): string | null {
  return paths.get(`${versionId}/${uid}`) ?? null;
}
