import { expect, test } from 'vitest';
import { bytesText, countOf, durationText } from './import-words.ts';

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1.0 KiB'],
  [150 * 1024, '150 KiB'],
  [5.25 * 1024 ** 3, '5.3 GiB'],
])('%d bytes', (bytes, text) => {
  expect(bytesText(bytes).replace('\u00a0', ' ')).toBe(text);
});

test('numbers and times in words', () => {
  expect([countOf(1, 'file'), countOf(1024, 'file')]).toEqual(['1 file', '1,024 files']);
  expect([0.2, 59, 90, 7300].map(durationText)).toEqual(['1 s', '59 s', '2 min', '2 h']);
});
