import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { openScorerPlatform, scoreClip } from '#tests/factories/scorers.ts';
import { makeTestVideo } from '#tests/factories/videos.ts';
import { flowGraph } from '#tests/factories/vision-graphs.ts';
import expected from '#tests/golden/farneback/reference.json' with { type: 'json' };
import { motion } from './motion.ts';

const { platform, folder } = openScorerPlatform();

/** A grey that brightens by 40 each half second. */
function brightening(name: string, size = { width: 64, height: 64 }): string {
  const path = join(folder, name);
  makeTestVideo(path, {
    ...size,
    frames: 37,
    paint: (_x, _y, at) => 40 + 40 * Math.floor(at / 12),
  });
  return path;
}

test('the motion of a demo video is the mean of its pairs', async () => {
  const path = resolve('examples/demo/videos/crf-18/walkers.mp4');
  const scores = await scoreClip(platform, motion, { column: 'speed' }, path);
  expect(scores).toEqual({ speed: expect.closeTo(expected.walkers.mean, 4) });
  expect(await scoreClip(platform, motion, { column: 'speed' }, path)).toEqual(scores);
});

test('a RAFT graph gives the flow, from its last output, in pixels of the clip', async () => {
  const model = join(folder, 'raft.onnx');
  writeFileSync(model, flowGraph());
  const raft = { method: 'raft', model };
  // Limited range to full range: 40 becomes 46.6 (219 steps are 255).
  const step = Math.SQRT2 * ((40 * 255) / 219);
  const path = brightening('square.mp4');
  const { flow } = await scoreClip(platform, motion, raft, path);
  expect(Math.abs(Number(flow) - step)).toBeLessThan(1);
  const small = await scoreClip(platform, motion, { ...raft, workingShortSide: 32 }, path);
  expect(small.flow).toBeCloseTo(2 * Number(flow), 3);
  const own = { ...raft, workingShortSide: 32, unit: 'working-pixels' };
  expect((await scoreClip(platform, motion, own, path)).flow).toBeCloseTo(Number(flow), 3);
  const range = { ...raft, inputRange: '-1..1' };
  expect((await scoreClip(platform, motion, range, path)).flow).toBeCloseTo(
    (Number(flow) * 2) / 255,
    4,
  );
});

test('frames whose sides are no multiples of eight are padded, and a graph of one size gets it', async () => {
  const path = brightening('odd.mp4', { width: 70, height: 50 });
  const model = join(folder, 'raft.onnx');
  writeFileSync(model, flowGraph());
  const free = await scoreClip(platform, motion, { method: 'raft', model }, path);
  const fixed = join(folder, 'raft-fixed.onnx');
  writeFileSync(fixed, flowGraph([40, 64]));
  const own = { method: 'raft', model: fixed, unit: 'working-pixels' };
  const scores = await scoreClip(platform, motion, own, path);
  expect(scores.flow).toBeCloseTo(Number(free.flow), 1);
});

test('a missing, foreign or broken model is refused', async () => {
  const clip = resolve('examples/demo/videos/crf-18/walkers.mp4');
  expect(motion.settings.safeParse({ method: 'raft' }).success).toBe(false);
  const none = { method: 'raft', model: join(folder, 'none.onnx') };
  await expect(scoreClip(platform, motion, none, clip)).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  const outside = { method: 'raft', model: resolve('package.json') };
  await expect(scoreClip(platform, motion, outside, clip)).rejects.toMatchObject({
    code: 'FORBIDDEN',
    message: expect.stringContaining('WINNOW_MODEL_ROOTS'),
  });
  const broken = { method: 'raft', model: join(folder, 'broken.onnx') };
  writeFileSync(broken.model, 'no graph');
  await expect(scoreClip(platform, motion, broken, clip)).rejects.toMatchObject({
    code: 'BAD_INPUT',
    data: { reason: 'model' },
  });
});
