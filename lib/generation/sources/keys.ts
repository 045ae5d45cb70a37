import { createHash } from 'node:crypto';
import { KEY_LIMIT } from '../schema.ts';

/**
 * The key of a prompt (or clip) by its text: the text itself with blanks joined, or its beginning
 * and eight digits of its SHA-256 where it is longer than a key may be. Equal texts, equal keys.
 */
export function promptKey(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (line.length <= KEY_LIMIT) return line;
  const digest = createHash('sha256').update(line).digest('hex').slice(0, 8);
  return `${line.slice(0, KEY_LIMIT - 10).trimEnd()}… ${digest}`;
}
