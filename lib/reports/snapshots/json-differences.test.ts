import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonDifferences } from './json-differences.ts';

test('the order of keys does not count, the last digit does', () => {
  expect(jsonDifferences({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toEqual([]);
  const off = 0.1 + 0.2;
  expect(jsonDifferences({ arms: [{ theta: 0.3 }] }, { arms: [{ theta: off }] })).toEqual([
    { path: 'arms[0].theta', stored: '0.3', computed: '0.30000000000000004' },
  ]);
});

test('what is there on one side alone is told, and only so many places', () => {
  expect(jsonDifferences({ a: null }, {})).toEqual([
    { path: 'a', stored: 'null', computed: 'nothing' },
  ]);
  expect(jsonDifferences([1, 2, 3], [4, 5, 6], 2)).toHaveLength(2);
});

test('a value is no different from itself through a database', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(jsonDifferences(JSON.parse(JSON.stringify(value)), value)).toEqual([]);
    }),
  );
});
