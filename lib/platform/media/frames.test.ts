import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeTestVideo } from '#tests/factories/videos.ts';
import { indicesOf } from './ffmpeg/pick-frames.ts';
import { type FramePicks, fitFrame } from './frames.ts';
import { createMedia, type FrameRequest } from './media.ts';

const folder = mkdtempSync(join(tmpdir(), 'winnow-frames-'));
const media = createMedia();
const video = join(folder, 'video.mp4');
const out = join(folder, 'frames.rgb');

beforeAll(() => makeTestVideo(video, { width: 96, height: 64, fps: 24, frames: 49 }));
afterAll(() => {
  media.close();
  rmSync(folder, { recursive: true });
});

const picks: [name: string, at: FramePicks, indices: number[]][] = [
  ['names', ['first', 'middle', 'last'], [0, 24, 48]],
  ['shares, in order of time', [1, 0.25, 0], [0, 12, 48]],
  ['equal parts', { uniform: 4 }, [6, 18, 30, 42]],
  ['more parts than frames', { uniform: 98 }, Array.from({ length: 98 }, (_, at) => at >> 1)],
  ['times, the nearest frame', { seconds: [0.02, 0.5, 1.23] }, [0, 12, 30]],
  ['a time between two frames', { seconds: [0.5 / 24] }, [0]],
  ['a time after the end', { seconds: [1, 99] }, [24, 48]],
  ['a rate', { framesPerSecond: 2 }, [0, 12, 24, 36, 48]],
  [
    'a rate above that of the video',
    { framesPerSecond: 48 },
    Array.from({ length: 49 }).map((_, at) => at),
  ],
];

test.each(picks)('frames are picked by %s', async (_, at, indices) => {
  const written = await media.writeFrames(video, { at, size: { shortSide: 8 } }, out);
  expect(written.frames.map(({ index }) => index)).toEqual(indices);
  expect(written.frames.map(({ seconds }) => seconds * 24)).toEqual(
    indices.map((index) => expect.closeTo(index, 6)),
  );
  expect(readFileSync(out)).toHaveLength(indices.length * 12 * 8 * 3);
});

test('pixels are red, green, blue, row by row, frame after frame', async () => {
  const written = await media.writeFrames(video, { at: ['first', 'last'] }, out);
  expect(written).toMatchObject({ width: 96, height: 64, source: { width: 96, height: 64 } });
  const bytes = readFileSync(out);
  const pixel = (frame: number, x: number, y: number) => [
    ...bytes.subarray(((frame * 64 + y) * 96 + x) * 3, ((frame * 64 + y) * 96 + x) * 3 + 3),
  ];
  const [red = 0, green = 0, blue = 0] = pixel(0, 10, 4);
  expect(red).toBeGreaterThan(green + 50);
  expect(red).toBeGreaterThan(blue + 50);
  // The bright square moves by two pixels a frame, modulo the way that it has.
  const bright = (frame: number) =>
    Array.from({ length: 96 }, (_, x) => x).filter((x) => (pixel(frame, x, 36)[1] ?? 0) > 200);
  expect(bright(0)[0]).toBe(0);
  expect(bright(1)[0]).toBe((48 * 2) % 80);
});

test('a turned video gives upright frames', async () => {
  const turned = join(folder, 'turned.mp4');
  makeTestVideo(turned, { width: 96, height: 64, rotation: 90, frames: 3 });
  const written = await media.writeFrames(turned, { at: ['first'], size: { longSide: 48 } }, out);
  expect(written).toMatchObject({ width: 32, height: 48, source: { width: 64, height: 96 } });
});

test('a file that is no video leaves nothing behind', async () => {
  const request: FrameRequest = { at: ['first'] };
  await expect(
    media.writeFrames(new URL(import.meta.url).pathname, request, join(folder, 'none.rgb')),
  ).rejects.toMatchObject({ code: 'BAD_INPUT' });
  expect(() => readFileSync(join(folder, 'none.rgb'))).toThrow('ENOENT');
});

test('sizes keep proportions and never enlarge, but for an exact one', () => {
  const source = { width: 1920, height: 1080 };
  expect(fitFrame(source, null)).toEqual(source);
  expect(fitFrame(source, { shortSide: 320 })).toEqual({ width: 569, height: 320 });
  expect(fitFrame(source, { longSide: 640 })).toEqual({ width: 640, height: 360 });
  expect(fitFrame(source, { longSide: 640, multipleOf: 32 })).toEqual({ width: 640, height: 352 });
  const small = { width: 64, height: 40 };
  expect(fitFrame(small, { longSide: 640, enlarge: 4, multipleOf: 32 })).toEqual({
    width: 256,
    height: 160,
  });
  expect(fitFrame(small, { longSide: 640 })).toEqual(small);
  expect(fitFrame(source, { shortSide: 2000 })).toEqual(source);
  expect(fitFrame(source, { width: 224, height: 224 })).toEqual({ width: 224, height: 224 });
});

test('a video of one frame has it in every place', () => {
  expect(indicesOf(['first', 'middle', 'last'], 1)).toEqual([0, 0, 0]);
  expect(indicesOf({ uniform: 2 }, 1)).toEqual([0, 0]);
});
