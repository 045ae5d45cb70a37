/** True where a path has signs of a pattern: `*`, `**` or `?`. */
export function isPattern(path: string): boolean {
  return /[*?]/.test(path);
}

/** A pattern over paths: the folder to walk, and a test for the paths under it. */
export interface PathPattern {
  /** The longest part before the first sign, without a slash at its end. */
  folder: string;
  /** Takes a path relative to `folder`, with `/`. */
  matches(path: string): boolean;
}

/**
 * Reads a pattern: `*` and `?` stand for characters of one name, `**` for any number of folders. All
 * other characters stand for themselves.
 */
export function readPattern(pattern: string): PathPattern {
  const names = pattern.split('/');
  const first = names.findIndex(isPattern);
  const rest = names.slice(first);
  return {
    folder: names.slice(0, first).join('/'),
    matches: (path) => fits(path.split('/'), rest, '**', nameFits),
  };
}

function nameFits(name: string, pattern: string): boolean {
  return fits([...name], [...pattern], '*', (given, wanted) => wanted === '?' || given === wanted);
}

/**
 * Whether the items fit the pattern, in which `star` stands for any run of items. Only the last star
 * ever has to give way, so the time is the product of both lengths at most.
 */
function fits(
  items: readonly string[],
  pattern: readonly string[],
  star: string,
  isEqual: (item: string, wanted: string) => boolean,
): boolean {
  let at = 0;
  let next = 0;
  let back: { at: number; next: number } | null = null;
  while (at < items.length) {
    const item = items[at] ?? '';
    const wanted = pattern[next];
    if (wanted === star) {
      next++;
      back = { at, next };
    } else if (wanted !== undefined && isEqual(item, wanted)) {
      at++;
      next++;
    } else if (back) {
      back.at++;
      at = back.at;
      next = back.next;
    } else return false;
  }
  return pattern.slice(next).every((wanted) => wanted === star);
}
