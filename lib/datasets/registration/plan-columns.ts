import type { CanonicalColumn, Mapping } from '../schema.ts';

/** A column on its way from a foreign table to a canonical one. */
export type PlannedColumn = Pick<CanonicalColumn, 'name' | 'kind' | 'type' | 'from'>;

/** The columns that a mapping makes, in the order of a canonical table; `uid` is the first. */
export function planColumns(mapping: Mapping): PlannedColumn[] {
  const { path, key, uid, numbers, scores, captions, texts } = mapping;
  const named = (
    columns: Readonly<Record<string, string>>,
    kind: CanonicalColumn['kind'],
    typeOf: (name: string) => CanonicalColumn['type'],
  ): PlannedColumn[] =>
    Object.entries(columns)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, from]) => ({ name, kind, type: typeOf(name), from }));
  return [
    { name: 'uid', kind: 'uid', type: 'VARCHAR', from: uid ?? null },
    ...(key === undefined || key === path
      ? []
      : [{ name: 'key', kind: 'key' as const, type: 'VARCHAR' as const, from: key }]),
    { name: 'path', kind: 'path', type: 'VARCHAR', from: path },
    ...named(numbers, 'number', (name) => (name === 'fps' ? 'DOUBLE' : 'BIGINT')),
    ...named(scores, 'score', () => 'DOUBLE'),
    ...named(captions, 'caption', () => 'VARCHAR'),
    ...named(texts, 'text', () => 'VARCHAR'),
  ];
}
