/** A place at which two values differ, such as `rankings[0].arms[2].theta`. */
export interface JsonDifference {
  readonly path: string;
  readonly stored: string;
  readonly computed: string;
}

/**
 * Where two values differ as JSON, digit by digit; the order of keys does not count.
 *
 * @param most how many places are looked for.
 */
export function jsonDifferences(stored: unknown, computed: unknown, most = 20): JsonDifference[] {
  const found: JsonDifference[] = [];
  const compare = (a: unknown, b: unknown, path: string): void => {
    if (found.length >= most || Object.is(a, b)) return;
    if (Array.isArray(a) && Array.isArray(b)) {
      for (let i = 0; i < Math.max(a.length, b.length); i++) compare(a[i], b[i], `${path}[${i}]`);
    } else if (isRecord(a) && isRecord(b)) {
      const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
      for (const key of keys) compare(a[key], b[key], path === '' ? key : `${path}.${key}`);
    } else found.push({ path, stored: brief(a), computed: brief(b) });
  };
  compare(plain(stored), plain(computed), '');
  return found;
}

/** As it comes back from the database: no undefined, no negative zero. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function brief(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
