/** What a request wants of a representation; `start` and `end` are its first and last byte. */
export type ByteSelection =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly start: number; readonly end: number }
  | { readonly kind: 'unsatisfiable' };

/**
 * Reads a Range header as RFC 9110 (section 14) says. A header in another form or unit, and one that
 * asks for several parts, counts as none, which the RFC allows; a part that starts behind the end
 * can't be satisfied.
 *
 * @param length of the whole representation, in bytes.
 */
export function selectBytes(header: string | null, length: number): ByteSelection {
  const match = header === null ? null : /^bytes=\s*(\d*)-(\d*)\s*$/i.exec(header);
  if (match === null) return { kind: 'whole' };
  const [, first = '', last = ''] = match;
  if (first === '') {
    if (last === '') return { kind: 'whole' };
    const count = Number(last);
    if (count === 0 || length === 0) return { kind: 'unsatisfiable' };
    return { kind: 'part', start: Math.max(0, length - count), end: length - 1 };
  }
  const start = Number(first);
  if (last !== '' && Number(last) < start) return { kind: 'whole' };
  if (start >= length) return { kind: 'unsatisfiable' };
  const end = last === '' ? length - 1 : Math.min(Number(last), length - 1);
  return { kind: 'part', start, end };
}

/** Whether an If-Range header lets the range stand: only this very tag, compared strongly. */
export function mayResume(ifRange: string | null, etag: string): boolean {
  return ifRange === null || ifRange.trim() === etag;
}

/** Whether an If-None-Match header names this tag; the comparison is weak, as for every GET. */
export function isKnown(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false;
  const tags = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(etag);
}
