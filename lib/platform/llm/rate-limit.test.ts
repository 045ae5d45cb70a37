import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { RateLimit } from './rate-limit.ts';

test('a burst starts at once, the rest at the rate', () => {
  const limit = new RateLimit(60);
  const waits = Array.from({ length: 13 }, () => limit.reserve(1000, 1));
  expect(waits).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1000, 2000, 3000]);
});

test('a pause fills the bucket again, but not over its edge', () => {
  const limit = new RateLimit(60);
  for (let call = 0; call < 10; call++) limit.reserve(0, 1);
  expect(limit.reserve(500, 1)).toBe(500);
  expect(limit.reserve(3_600_000, 10)).toBe(0);
  expect(limit.reserve(3_600_000, 1)).toBe(1000);
});

test('one call may cost more than a burst: those after it wait', () => {
  const limit = new RateLimit(600);
  expect(limit.reserve(0, 300)).toBe(0);
  expect(limit.reserve(0, 1)).toBe(20_100);
});

test('a call that cost less than reserved gives the rest back', () => {
  const limit = new RateLimit(60);
  limit.reserve(0, 10);
  limit.correct(10, 4);
  expect(limit.reserve(0, 6)).toBe(0);
});

test('no minute sees more than the rate and one burst', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 6, max: 600 }),
      fc.array(fc.integer({ min: 0, max: 2000 }), { maxLength: 200 }),
      (perMinute, pauses) => {
        const limit = new RateLimit(perMinute);
        let now = 0;
        const starts = pauses.map((pause) => {
          now += pause;
          return now + limit.reserve(now, 1);
        });
        for (const from of starts) {
          const inMinute = starts.filter((start) => start >= from && start < from + 60_000);
          expect(inMinute.length).toBeLessThanOrEqual(perMinute + perMinute / 6 + 1);
        }
      },
    ),
    { numRuns: 50 },
  );
});
