import fc from 'fast-check';
import { expect, test } from 'vitest';
import { offsetSeconds, pairClock } from './pair-clock.ts';

const FPS = 24;
const REFRESH_MS = 1000 / 60;

/** Two clips on a 60 Hz screen, the right one behind by `lag` seconds; the clock sets their rates. */
function simulate(
  lag: number,
  seconds: number,
): { offset: number; slowest: number; fastest: number } {
  const clock = pairClock(FPS);
  const position = [0, -lag];
  const shown = [-1, -1];
  let rates: readonly [number, number] = [1, 1];
  let [slowest, fastest] = [1, 1];
  for (let ms = 0; ms < seconds * 1000; ms += REFRESH_MS) {
    for (const side of [0, 1] as const) {
      const at = (position[side] ?? 0) + (rates[side] * REFRESH_MS) / 1000;
      position[side] = at;
      const index = Math.floor(at * FPS);
      if (index < 0 || index === shown[side]) continue;
      shown[side] = index;
      rates = clock.shown(side, { mediaSeconds: index / FPS, shownMs: ms });
      slowest = Math.min(slowest, ...rates);
      fastest = Math.max(fastest, ...rates);
    }
  }
  return { offset: (position[0] ?? 0) - (position[1] ?? 0), slowest, fastest };
}

test('frames shown at the same clip time and moment are not apart', () => {
  expect(offsetSeconds({ mediaSeconds: 1, shownMs: 500 }, { mediaSeconds: 1, shownMs: 500 })).toBe(
    0,
  );
  expect(
    offsetSeconds({ mediaSeconds: 1.1, shownMs: 600 }, { mediaSeconds: 1, shownMs: 500 }),
  ).toBeCloseTo(0);
});

test('the offset is positive when the left one is ahead', () => {
  expect(
    offsetSeconds({ mediaSeconds: 1.2, shownMs: 500 }, { mediaSeconds: 1, shownMs: 500 }),
  ).toBeCloseTo(0.2);
});

test('clips in step are left alone', () => {
  expect(simulate(0, 10)).toMatchObject({ slowest: 1, fastest: 1 });
});

test('any lag up to six frames is brought under one frame, never by a visible change of speed', () => {
  fc.assert(
    fc.property(fc.double({ min: -6 / FPS, max: 6 / FPS, noNaN: true }), (lag) => {
      const { offset, slowest, fastest } = simulate(lag, 8);
      expect(Math.abs(offset) * FPS).toBeLessThan(1);
      expect(slowest).toBeGreaterThanOrEqual(0.95);
      expect(fastest).toBeLessThanOrEqual(1.05);
    }),
    { numRuns: 50 },
  );
});

test('a restart forgets the past', () => {
  const clock = pairClock(FPS);
  clock.shown(0, { mediaSeconds: 1, shownMs: 0 });
  clock.shown(1, { mediaSeconds: 0, shownMs: 0 });
  expect(clock.offset()).toBeCloseTo(1);
  clock.reset();
  expect(clock.offset()).toBeNull();
});
