import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeTestVideo } from '#tests/factories/videos.ts';
import expected from '#tests/golden/farneback/reference.json' with { type: 'json' };
import { createMedia } from './media.ts';
import { mapSize, meanLength } from './opencv/measure-flow.ts';

const folder = mkdtempSync(join(tmpdir(), 'winnow-flow-'));
const media = createMedia();
afterAll(() => {
  media.close();
  rmSync(folder, { recursive: true });
});

const demo = (name: string) => resolve(`examples/demo/videos/crf-18/${name}.mp4`);

test.each(Object.entries(expected))(
  'the motion of %s is that of native OpenCV, to three decimals',
  async (name, { mean, pairs }) => {
    const flow = await media.measureFlow(demo(name));
    expect(flow).toMatchObject({ width: 512, height: 288 });
    expect(flow.mean).toBeCloseTo(mean, 3);
    expect(flow.pairs).toHaveLength(pairs.length);
    for (const [at, pair] of pairs.entries()) expect(flow.pairs[at]).toBeCloseTo(pair, 3);
  },
);

test('a smaller working size keeps the unit, unless its own pixels are asked for', async () => {
  const source = await media.measureFlow(demo('launch-pad'), { workingShortSide: 144 });
  const working = await media.measureFlow(demo('launch-pad'), {
    workingShortSide: 144,
    unit: 'working-pixels',
  });
  expect(source).toMatchObject({ width: 256, height: 144 });
  expect(source.mean).toBeCloseTo(2 * working.mean, 12);
});

test('a still video has no motion, and one of a single sampled frame is refused', async () => {
  const still = join(folder, 'still.mp4');
  makeTestVideo(still, { frames: 25, width: 64, height: 64, paint: () => 100 });
  expect((await media.measureFlow(still)).mean).toBe(0);
  const brief = join(folder, 'brief.mp4');
  makeTestVideo(brief, { frames: 10 });
  await expect(media.measureFlow(brief)).rejects.toMatchObject({
    code: 'BAD_INPUT',
    data: { reason: 'TOO_SHORT' },
  });
});

test('a flow map keeps its proportions, rounded down, and is never enlarged', () => {
  expect(mapSize({ width: 512, height: 288 }, 16)).toEqual({ width: 28, height: 16 });
  expect(mapSize({ width: 270, height: 480 }, 16)).toEqual({ width: 16, height: 28 });
  expect(mapSize({ width: 20, height: 10 }, 16)).toEqual({ width: 20, height: 10 });
});

test('the length of vectors is Euclidean', () => {
  expect(meanLength(Float32Array.of(3, 4, 0, -1))).toBe(3);
});
