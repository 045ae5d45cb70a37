import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isKnown, mayResume, selectBytes } from './byte-range.ts';

const part = (start: number, end: number) => ({ kind: 'part', start, end });

test.each([
  [null, { kind: 'whole' }],
  ['bytes=0-0', part(0, 0)],
  ['bytes=0-99', part(0, 99)],
  ['bytes=10-19', part(10, 19)],
  ['bytes=90-', part(90, 99)],
  ['bytes=-10', part(90, 99)],
  ['bytes=-500', part(0, 99)],
  ['bytes=50-500', part(50, 99)],
  ['Bytes=0-1', part(0, 1)],
  ['bytes=100-', { kind: 'unsatisfiable' }],
  ['bytes=100-200', { kind: 'unsatisfiable' }],
  ['bytes=-0', { kind: 'unsatisfiable' }],
  ['bytes=20-10', { kind: 'whole' }],
  ['bytes=-', { kind: 'whole' }],
  ['bytes=a-b', { kind: 'whole' }],
  ['bytes=0-1,5-6', { kind: 'whole' }],
  ['seconds=0-1', { kind: 'whole' }],
])('%s of 100 bytes', (header, selection) => {
  expect(selectBytes(header, 100)).toEqual(selection);
});

test('any header selects bytes that exist', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(1000), (text, length) => {
      const selection = selectBytes(`bytes=${text}`, length);
      if (selection.kind !== 'part') return;
      expect(selection.start).toBeGreaterThanOrEqual(0);
      expect(selection.start).toBeLessThanOrEqual(selection.end);
      expect(selection.end).toBeLessThan(length);
    }),
  );
});

test('a range resumes only the same representation', () => {
  expect(mayResume(null, '"a"')).toBe(true);
  expect(mayResume('"a"', '"a"')).toBe(true);
  for (const other of ['"b"', 'W/"a"', 'Tue, 24 Nov 2026 00:00:00 GMT'])
    expect(mayResume(other, '"a"')).toBe(false);
});

test('a browser that has it gets it no more', () => {
  expect(isKnown(null, '"a"')).toBe(false);
  for (const header of ['"a"', 'W/"a"', '"b", "a"', '*']) expect(isKnown(header, '"a"')).toBe(true);
  expect(isKnown('"b"', '"a"')).toBe(false);
});
