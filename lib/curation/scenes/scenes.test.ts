import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { closedEnd } from '#lib/platform/media/ffmpeg/packet-order.ts';
import { placeCuts } from './cascade.ts';
import { FadeDetector } from './fade-detector.ts';
import { FlashFilter } from './flash-filter.ts';
import { frameRateOf } from './frame-rate.ts';
import { judgeFlow } from './judge-flow.ts';
import { planClips } from './plan-clips.ts';
import { floatText, thousandths, timecode } from './python-text.ts';
import { scenesOf } from './scene-list.ts';
import { cutSettings, flowRule } from './settings.ts';

describe('numbers as Python writes them', () => {
  test.each([
    [0, '0.0'],
    [3, '3.0'],
    [0.1 + 0.2, '0.30000000000000004'],
    [0.0001, '0.0001'],
    [0.00001234, '1.234e-05'],
    [1e16, '1e+16'],
    [-2.5, '-2.5'],
    [Number.NaN, 'nan'],
  ])('%d is %s', (value, text) => expect(floatText(value)).toBe(text));

  test('any number reads back as itself', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(floatText(value)) === value).toBe(true);
      }),
    );
  });

  test.each([
    [0.0625, '0.062'],
    [0.1875, '0.188'],
    [12.3456, '12.346'],
  ])('%d to thousandths, ties to the even digit, is %s', (value, text) =>
    expect(thousandths(value)).toBe(text),
  );

  test.each([
    [0, '00:00:00.000'],
    [3.083, '00:00:03.083'],
    [59.9996, '00:01:00.000'],
    [3599.9999, '01:00:00.000'],
    [36_061.5, '10:01:01.500'],
  ])('%d s is %s', (seconds, text) => expect(timecode(seconds)).toBe(text));
});

test.each([
  [24, 24, 1],
  [29.97, 30_000, 1001],
  [23.976023976, 24_000, 1001],
  [24_000 / 1001, 24_000, 1001],
  [12.5, 25, 2],
  [1_000_000 / 66_667, 149_999, 10_000],
])('%d frames a second is %d / %d', (fps, numerator, denominator) => {
  expect(frameRateOf(fps)).toEqual({ numerator, denominator });
});

describe('minimum scene length', () => {
  const run = (mode: 'merge' | 'suppress', length: number, above: readonly boolean[]) => {
    const filter = new FlashFilter(mode, length, 25);
    return above.flatMap(
      (isAbove, frame) => filter.next({ frame, microseconds: frame * 40_000 }, isAbove) ?? [],
    );
  };
  const above = fc.array(fc.boolean(), { maxLength: 80 });
  const length = fc.integer({ min: 0, max: 20 });

  test('cuts come in order, on the frames that were seen, so far apart or further', () => {
    fc.assert(
      fc.property(above, length, fc.constantFrom('merge', 'suppress'), (frames, least, mode) => {
        const cuts = run(mode, least, frames);
        for (const [at, cut] of cuts.entries()) {
          expect(frames[cut]).toBe(true);
          if (at > 0) expect(cut - (cuts[at - 1] ?? 0)).toBeGreaterThanOrEqual(Math.max(1, least));
        }
      }),
    );
  });

  test('cuts that follow one too closely are folded into their last, or ignored', () => {
    const flash = new Set([30, 60, 63, 66, 69]);
    const frames = Array.from({ length: 100 }, (_, at) => flash.has(at));
    expect(run('merge', 5, frames)).toEqual([30, 60, 69]);
    expect(run('suppress', 5, frames)).toEqual([30, 60, 66]);
    expect(run('merge', 0, frames)).toEqual([30, 60, 63, 66, 69]);
  });
});

test.each([
  [-1, 20],
  [0, 30],
  [1, 40],
])('a fade with bias %d is cut at frame %d', (bias, cut) => {
  const detector = new FadeDetector({ threshold: 12, bias, hasLastCut: true }, 10, 25);
  const cuts = Array.from({ length: 60 }, (_, index) => {
    const level = index >= 20 && index < 40 ? 3 : 90;
    return detector.next({ index, microseconds: index * 40_000, level, delta: null });
  });
  expect([...cuts.flat(), ...detector.end()]).toEqual([cut]);
});

describe('the cascade', () => {
  test('a coarse cut is placed where the picture changes most, or at the fine cut that is there', () => {
    const scores = [0, 1, 1, 9, 1, 1, 1, 1, 1, 1, 1, 5, 1];
    expect(placeCuts([{ stride: 4, cuts: [4, 12] }], scores)).toEqual([3, 11]);
    const fine = { stride: 1, cuts: [2] };
    expect(placeCuts([{ stride: 4, cuts: [4, 12] }, fine], scores)).toEqual([2, 11]);
  });

  test('every cut of a detector lies within its stride; cuts are in order and differ', () => {
    const input = fc.record({
      scores: fc.array(fc.double({ min: 0, max: 255, noNaN: true }), {
        minLength: 1,
        maxLength: 90,
      }),
      detectors: fc.array(
        fc.record({
          stride: fc.integer({ min: 1, max: 12 }),
          steps: fc.array(fc.integer({ min: 0, max: 90 })),
        }),
        { maxLength: 4 },
      ),
    });
    fc.assert(
      fc.property(input, ({ scores, detectors }) => {
        const found = detectors.map(({ stride, steps }) => ({
          stride,
          cuts: steps.map((step) => step * stride),
        }));
        const placed = placeCuts(found, scores);
        expect(placed).toEqual([...new Set(placed)].sort((a, b) => a - b));
        expect(placed.every((cut) => cut > 0 && cut < scores.length)).toBe(true);
        for (const { stride, cuts } of found) {
          for (const cut of cuts.filter((frame) => frame > 0 && frame < scores.length)) {
            expect(placed.some((frame) => frame <= cut && frame > cut - stride)).toBe(true);
          }
        }
      }),
    );
  });
});

const sorted = (max: number) =>
  fc
    .uniqueArray(fc.integer({ min: 1, max }), { maxLength: 20 })
    .map((frames) => frames.sort((a, b) => a - b));

describe('snapping to keyframes', () => {
  const input = fc.record({
    cuts: sorted(199),
    keyframes: sorted(199).map((frames) => [0, ...frames]),
    minFrames: fc.integer({ min: 1, max: 30 }),
    reencode: fc.constantFrom('never' as const, 'where-needed' as const, 'exact' as const),
  });

  test('no clip crosses a cut; a copy begins with a keyframe; what is lost is lost for a reason', () => {
    fc.assert(
      fc.property(input, ({ cuts, keyframes, minFrames, reencode }) => {
        const scenes = scenesOf(cuts, 200);
        const plans = planClips(scenes, keyframes, { minFrames, reencode });
        expect(plans).toHaveLength(scenes.length);
        for (const [at, plan] of plans.entries()) {
          const scene = scenes[at] ?? { start: 0, end: 0 };
          expect(plan.start).toBeGreaterThanOrEqual(scene.start);
          expect(plan.end).toBe(scene.end);
          const isShort = scene.end - scene.start < minFrames;
          expect(plan.dropped === 'too-short' || !isShort).toBe(true);
          if (plan.dropped !== null) {
            expect(isShort || reencode === 'never').toBe(true);
            continue;
          }
          expect(plan.end - plan.start).toBeGreaterThanOrEqual(minFrames);
          if (plan.how === 'copy') expect(keyframes).toContain(plan.start);
          else expect(plan.start).toBe(scene.start);
          if (reencode === 'never') expect(plan.how).toBe('copy');
          if (reencode === 'exact') expect(plan.start).toBe(scene.start);
        }
      }),
    );
  });

  test('a clip begins at the first keyframe of its scene, not at the one before it', () => {
    const plans = planClips(scenesOf([50], 100), [0, 40, 60], {
      minFrames: 10,
      reencode: 'where-needed',
    });
    expect(plans).toEqual([
      { start: 0, end: 50, how: 'copy', dropped: null },
      { start: 60, end: 100, how: 'copy', dropped: null },
    ]);
  });
});

describe('where a copy can end', () => {
  /** Packets in the order of the file, named by the picture that each shows. */
  const order = (shows: readonly number[]) => ({
    shows: Int32Array.from(shows),
    isKey: new Uint8Array(shows.length),
    packetOf: Int32Array.from(shows.map((_, picture) => shows.indexOf(picture))),
  });

  test('before a picture that needs one after the end; without pictures from before the start', () => {
    const shows = [0, 3, 1, 2, 6, 4, 5, 9, 7, 8];
    expect(closedEnd(order(shows), 0, 10)).toBe(10);
    expect(closedEnd(order(shows), 0, 6)).toBe(4);
    expect(closedEnd(order(shows), 3, 7)).toBe(7);
  });

  test('all packets up to the end show pictures before it', () => {
    const permutation = fc
      .integer({ min: 1, max: 24 })
      .chain((length) =>
        fc.shuffledSubarray([...Array(length).keys()], { minLength: length, maxLength: length }),
      );
    fc.assert(
      fc.property(permutation, fc.nat(23), fc.nat(24), (shows, a, b) => {
        const [start, end] = [a % shows.length, Math.min(b, shows.length)];
        const closed = closedEnd(order(shows), start, end);
        expect(closed).toBeGreaterThanOrEqual(start);
        expect(closed).toBeLessThanOrEqual(Math.max(start, end));
        const taken = shows.slice(shows.indexOf(start)).filter((picture) => picture >= start);
        const kept = taken.slice(0, closed - start);
        expect(kept.every((picture) => picture < closed)).toBe(true);
      }),
    );
  });
});

test('a clip is still when nothing moves, and jumps when one pair is out of line', () => {
  const rule = flowRule.parse({});
  expect(judgeFlow([0.01, 0.02, 0], rule)).toBe('still');
  expect(judgeFlow([1, 1.2, 0.9, 40], rule)).toBe('jumps');
  expect(judgeFlow([6, 8, 7, 40], rule)).toBe(null);
  expect(judgeFlow([1, 40], rule)).toBe(null);
  expect(judgeFlow([], rule)).toBe(null);
});

test('settings have defaults for everything, and name what is wrong', () => {
  expect(cutSettings.parse({}).detectors.map(({ kind }) => kind)).toEqual([
    'content',
    'content',
    'content',
    'fade',
  ]);
  const weights = { hue: 0, saturation: 0, brightness: 0, edges: 0 };
  expect(cutSettings.safeParse({ detectors: [{ kind: 'content', weights }] }).success).toBe(false);
  expect(cutSettings.safeParse({ detectors: [] }).success).toBe(false);
});
