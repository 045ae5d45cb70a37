import type { ClipRange } from '#lib/datasets/clips/schema.ts';

/** What the address of the clip browser says: which clips, in which order, which page of them. */
export interface ClipQuery {
  /** The newest version that is done when left out. */
  readonly version?: number;
  readonly sort?: string;
  readonly direction: 'asc' | 'desc';
  readonly contains: string;
  /** Looked for everywhere when left out. */
  readonly containsIn?: string;
  readonly ranges: readonly ClipRange[];
  readonly offset: number;
  /** The caption that stands under each clip; the first one when left out. */
  readonly caption?: string;
}

export const PAGE = 24;

/** Reads an address, passing over what it can't mean. */
export function parseClipQuery(parameters: URLSearchParams): ClipQuery {
  const version = Number(parameters.get('version'));
  const page = Number(parameters.get('page'));
  const named = (name: string) => parameters.get(name) ?? '';
  return {
    ...(Number.isInteger(version) && version > 0 ? { version } : {}),
    ...(named('sort') === '' ? {} : { sort: named('sort') }),
    direction: named('order') === 'asc' ? 'asc' : 'desc',
    contains: named('text'),
    ...(named('in') === '' ? {} : { containsIn: named('in') }),
    ranges: parameters.getAll('range').flatMap((text) => parseRange(text) ?? []),
    offset: Number.isInteger(page) && page > 1 ? (page - 1) * PAGE : 0,
    ...(named('caption') === '' ? {} : { caption: named('caption') }),
  };
}

/** The address of a query: without what is so anyway. */
export function writeClipQuery(query: ClipQuery): string {
  const parameters = new URLSearchParams();
  if (query.version !== undefined) parameters.set('version', String(query.version));
  if (query.sort !== undefined) {
    parameters.set('sort', query.sort);
    parameters.set('order', query.direction);
  }
  if (query.contains !== '') parameters.set('text', query.contains);
  if (query.contains !== '' && query.containsIn !== undefined)
    parameters.set('in', query.containsIn);
  for (const range of query.ranges) parameters.append('range', writeRange(range));
  if (query.offset > 0) parameters.set('page', String(query.offset / PAGE + 1));
  if (query.caption !== undefined) parameters.set('caption', query.caption);
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

/** `flow:0.5:2`, with either end empty, or `flow:missing`. */
function parseRange(text: string): ClipRange | null {
  const [column = '', min = '', max = ''] = text.split(':');
  if (column === '') return null;
  if (min === 'missing') return { column, has: 'missing' };
  const ends = { min: numberOf(min), max: numberOf(max) };
  return {
    column,
    has: 'value',
    ...(ends.min === null ? {} : { min: ends.min }),
    ...(ends.max === null ? {} : { max: ends.max }),
  };
}

function writeRange({ column, min, max, has }: ClipRange): string {
  return has === 'missing' ? `${column}:missing` : `${column}:${min ?? ''}:${max ?? ''}`;
}

/** What a person typed as a number; null for nothing and for what is none. */
export function numberOf(text: string): number | null {
  const number = Number(text.trim().replace(',', '.'));
  return text.trim() === '' || !Number.isFinite(number) ? null : number;
}
