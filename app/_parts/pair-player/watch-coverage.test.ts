import fc from 'fast-check';
import { expect, test } from 'vitest';
import { watchCoverage } from './watch-coverage.ts';

const FPS = 24;

function play(coverage: ReturnType<typeof watchCoverage>, from: number, to: number, startMs = 0) {
  coverage.cut(from / FPS, startMs);
  for (let i = from; i < to; i++) coverage.frame(i / FPS, startMs + ((i - from) * 1000) / FPS);
  return startMs + ((to - from) * 1000) / FPS;
}

test('a clip played through counts as one play, wholly watched', () => {
  const coverage = watchCoverage(2, FPS);
  coverage.ended(play(coverage, 0, 48));
  expect(coverage.plays()).toBe(1);
  expect(coverage.watched()).toBe(1);
  coverage.ended(play(coverage, 0, 48, 3000));
  expect(coverage.plays()).toBe(2);
});

test('V9: seeking to the end is not watching', () => {
  const coverage = watchCoverage(2, FPS);
  coverage.cut(0, 0);
  coverage.frame(0, 0);
  coverage.cut(1.9, 200);
  coverage.frame(1.9, 210);
  coverage.ended(300);
  expect(coverage.plays()).toBe(0);
  expect(coverage.watched()).toBeLessThan(0.1);
});

test('V9: a jump that nobody announced is no watching either', () => {
  const coverage = watchCoverage(2, FPS);
  coverage.frame(0, 0);
  coverage.frame(1.8, 1800);
  coverage.ended(2000);
  expect(coverage.plays()).toBe(0);
  expect(coverage.watched()).toBeLessThan(0.2);
});

test('V9: fast-forward is not watching', () => {
  const coverage = watchCoverage(4, FPS);
  for (let i = 0; i < 96; i += 8) coverage.frame(i / FPS, (i * 1000) / FPS / 16);
  coverage.ended(260);
  expect(coverage.plays()).toBe(0);
  expect(coverage.watched()).toBeLessThan(0.2);
});

test('frames that a slow machine drops are watched time all the same', () => {
  const coverage = watchCoverage(2, FPS);
  coverage.cut(0, 0);
  for (let i = 0; i < 48; i += 4) coverage.frame(i / FPS, (i * 1000) / FPS);
  coverage.ended(2000);
  expect(coverage.plays()).toBe(1);
});

test('a pair of plays broken by a replay adds up to one play', () => {
  const coverage = watchCoverage(2, FPS);
  play(coverage, 0, 30);
  expect(coverage.missingSeconds()).toBeCloseTo(18 / FPS);
  coverage.ended(play(coverage, 0, 48, 5000));
  expect(coverage.plays()).toBe(1);
});

test('clips of very few frames can be played whole', () => {
  for (const frames of [1, 2, 3, 5]) {
    const coverage = watchCoverage(frames / FPS, FPS);
    coverage.ended(play(coverage, 0, frames));
    expect(coverage.plays()).toBe(1);
  }
});

test('a play never counts with less than 95 % of the frames shown, whatever is done', () => {
  const act = fc.oneof(
    fc.record({
      kind: fc.constant('frame' as const),
      at: fc.double({ min: 0, max: 2, noNaN: true }),
    }),
    fc.record({
      kind: fc.constant('cut' as const),
      at: fc.double({ min: 0, max: 2, noNaN: true }),
    }),
    fc.record({ kind: fc.constant('ended' as const), at: fc.constant(2) }),
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(act, fc.integer({ min: 0, max: 400 })), { maxLength: 80 }),
      (acts) => {
        const coverage = watchCoverage(2, FPS);
        let nowMs = 0;
        for (const [{ kind, at }, waitMs] of acts) {
          nowMs += waitMs;
          if (kind === 'ended') coverage.ended(nowMs);
          else coverage[kind](at, nowMs);
          expect(coverage.watched()).toBeLessThanOrEqual(1);
          // Time is the budget: nothing is watched faster than 1.5 x real time (and 3 frames a step).
          if (coverage.plays() > 0) expect(coverage.watched()).toBeGreaterThanOrEqual(0.95);
        }
      },
    ),
  );
});
