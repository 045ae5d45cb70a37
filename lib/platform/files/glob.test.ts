import { expect, test } from 'vitest';
import { isPattern, readPattern } from './glob.ts';

test('stars and question marks stay within a name, two stars go through folders', () => {
  const { folder, matches } = readPattern('/srv/tables/**/part-*.parquet');
  expect(folder).toBe('/srv/tables');
  expect(matches('part-1.parquet')).toBe(true);
  expect(matches('a/b/part-.parquet')).toBe(true);
  expect(matches('a/xpart-1.parquet')).toBe(false);
  expect(matches('part-1.parquet.bak')).toBe(false);
  const names = readPattern('/srv/t?/a.(b)[c]*');
  expect(names.folder).toBe('/srv');
  expect(names.matches('t1/a.(b)[c]')).toBe(true);
  expect(names.matches('t1/ax(b)[c]')).toBe(false);
  expect(names.matches('t12/a.(b)[c]')).toBe(false);
  expect(readPattern('/srv/**').matches('a/b.csv')).toBe(true);
  expect(isPattern('/srv/a[1].csv')).toBe(false);
});

test('many stars take no longer than few', () => {
  const { matches } = readPattern(`/srv/${'*a'.repeat(60)}*b`);
  expect(matches('a'.repeat(5000))).toBe(false);
  expect(matches(`${'a'.repeat(5000)}b`)).toBe(true);
});
