import { createHash } from 'node:crypto';

/** A text that came this often is worth keeping prepared. */
const OFTEN = 5;
/** Prepared statements take memory in every connection. */
const MAX_NAMES = 200;
/** Texts whose coming is counted; when there are more, the counting begins again. */
const MAX_COUNTED = 2_000;

/**
 * Names the statements that come again and again, so that PostgreSQL reads and plans each once a
 * connection and not every time: half of the database's work for a vote. Anything else stays unnamed
 * (an empty name), since texts with lists of changing length would never end.
 */
export function statementNamer(): (statement: { readonly sql: string }) => string {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size === MAX_NAMES) return '';
    const count = (counts.get(sql) ?? 0) + 1;
    if (count < OFTEN) {
      if (counts.size === MAX_COUNTED) counts.clear();
      counts.set(sql, count);
      return '';
    }
    counts.delete(sql);
    const name = `winnow_${createHash('sha256').update(sql).digest('hex').slice(0, 24)}`;
    names.set(sql, name);
    return name;
  };
}
