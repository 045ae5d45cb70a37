import { expect, test } from 'vitest';
import { type ClipQuery, numberOf, parseClipQuery, writeClipQuery } from './clip-query.ts';

const parsed = (text: string) => parseClipQuery(new URLSearchParams(text));
const plain: ClipQuery = { direction: 'desc', contains: '', ranges: [], offset: 0 };

test('an address keeps what was asked for', () => {
  const query: ClipQuery = {
    version: 3,
    sort: 'flow',
    direction: 'asc',
    contains: 'a dog & a cat',
    containsIn: 'llm',
    ranges: [
      { column: 'flow', has: 'value', min: 0.5, max: 2 },
      { column: 'aes', has: 'value', min: -1e-7 },
      { column: 'ocr', has: 'missing' },
    ],
    offset: 48,
    caption: 'coca',
  };
  expect(parsed(writeClipQuery(query))).toEqual(query);
  expect(writeClipQuery(plain)).toBe('');
  expect(parsed('')).toEqual(plain);
});

test('what an address cannot mean is passed over', () => {
  expect(parsed('version=x&page=-3&order=up&range=:1:2&range=flow:x:y')).toEqual({
    ...plain,
    ranges: [{ column: 'flow', has: 'value' }],
  });
});

test('numbers as people type them', () => {
  expect([' 0,5 ', '1e3', '', 'x', 'Infinity'].map(numberOf)).toEqual([
    0.5,
    1000,
    null,
    null,
    null,
  ]);
});
