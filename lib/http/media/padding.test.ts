import fc from 'fast-check';
import { expect, test } from 'vitest';
import { paddingBytes } from './padding.ts';

const all = (form: 'mp4' | 'webm', total: number, from = 0, to = total) =>
  Buffer.concat([...paddingBytes(form, total, from, to)]);

test('an MP4 file ends with a free box of the whole padding', () => {
  const box = all('mp4', 100_000);
  expect(box).toHaveLength(100_000);
  expect(box.readUInt32BE(0)).toBe(100_000);
  expect(box.toString('latin1', 4, 8)).toBe('free');
  expect(box.subarray(8).every((byte) => byte === 0)).toBe(true);
  expect(all('mp4', 8).toString('hex')).toBe('0000000866726565');
});

test('a WebM file ends with a Void element', () => {
  const element = all('webm', 300);
  expect(element.subarray(0, 9).toString('hex')).toBe('ec0100000000000123');
  expect(element).toHaveLength(300);
});

test('parts are slices of the whole', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('mp4' as const, 'webm' as const),
      fc.integer({ min: 9, max: 200_000 }),
      fc.nat(),
      fc.nat(),
      (form, total, a, b) => {
        const [from, to] = [a % total, b % (total + 1)].sort((x, y) => x - y) as [number, number];
        expect(all(form, total, from, to).equals(all(form, total).subarray(from, to))).toBe(true);
      },
    ),
    { numRuns: 50 },
  );
});

test('padding that its header does not fit into is an error', () => {
  expect(() => all('mp4', 7)).toThrow(RangeError);
  expect(all('mp4', 0)).toHaveLength(0);
});
