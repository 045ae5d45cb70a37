import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { openScorerPlatform, scoreClip } from '#tests/factories/scorers.ts';
import { makeTestVideo } from '#tests/factories/videos.ts';
import { brightCraftGraph, brightGraph } from '#tests/factories/vision-graphs.ts';
import { textArea } from './text-area.ts';

const { platform, folder } = openScorerPlatform();

test('the share of text by frame, its mean and its highest', async () => {
  const model = join(folder, 'bright.onnx');
  writeFileSync(model, brightGraph());
  const path = join(folder, 'growing.mp4');
  // Nothing, then a bar of 64 x 16 pixels, then two.
  makeTestVideo(path, {
    width: 128,
    height: 64,
    frames: 48,
    paint: (x, y, at) => {
      const isBar = x >= 32 && x < 96 && ((y >= 8 && y < 24) || (at >= 40 && y >= 40 && y < 56));
      return at >= 12 && isBar ? 235 : 16;
    },
  });
  const plain = { model, unclipRatio: 0 };
  const scores = await scoreClip(platform, textArea, plain, path);
  const bar = (64 * 16) / (128 * 64);
  expect(scores.ocr_first).toBe(0);
  expect(Number(scores.ocr_middle)).toBeCloseTo(bar, 2);
  expect(Number(scores.ocr_last)).toBeCloseTo(2 * bar, 2);
  expect(scores.ocr).toBeCloseTo((Number(scores.ocr_middle) + Number(scores.ocr_last)) / 3, 12);
  expect(scores.ocr_max).toBe(scores.ocr_last);
  const grown = await scoreClip(platform, textArea, { model }, path);
  expect(Number(grown.ocr_middle)).toBeGreaterThan(1.5 * bar);
});

test('CRAFT reads its two maps at half the size', async () => {
  const model = join(folder, 'bright-craft.onnx');
  writeFileSync(model, brightCraftGraph());
  const path = join(folder, 'bar.mp4');
  makeTestVideo(path, {
    width: 128,
    height: 64,
    frames: 3,
    paint: (x, y) => (x >= 32 && x < 96 && y >= 24 && y < 40 ? 235 : 16),
  });
  const scores = await scoreClip(
    platform,
    textArea,
    { method: 'craft', model, prefix: 'text' },
    path,
  );
  // 32 x 8 of 64 x 32, dilated by floor(2 sqrt(8)) = 5 pixels across and down.
  expect(Number(scores.text)).toBeCloseTo((37 * 13) / (64 * 32), 2);
  await expect(scoreClip(platform, textArea, { model }, path)).rejects.toMatchObject({
    code: 'UNAVAILABLE',
  });
});

/** "HELLO", five by seven dots a letter. */
const HELLO = [
  '#...#.#####.#.....#......###.',
  '#...#.#.....#.....#.....#...#',
  '#...#.#.....#.....#.....#...#',
  '#####.####..#.....#.....#...#',
  '#...#.#.....#.....#.....#...#',
  '#...#.#.....#.....#.....#...#',
  '#...#.#####.#####.#####..###.',
];

test("Winnow's own detector finds text where it is and as large as it is", async () => {
  const path = join(folder, 'hello.mp4');
  const dot = 3;
  makeTestVideo(path, {
    width: 192,
    height: 96,
    frames: 24,
    paint: (x, y, at) => {
      const [column, row] = [Math.floor((x - 50) / dot), Math.floor((y - 60) / dot)];
      return at >= 12 && HELLO[row]?.[column] === '#' ? 235 : 70;
    },
  });
  const scores = await scoreClip(platform, textArea, {}, path);
  const area = (29 * dot * 7 * dot) / (192 * 96);
  expect(scores.ocr_first).toBe(0);
  expect(Number(scores.ocr_last)).toBeGreaterThan(area);
  expect(Number(scores.ocr_last)).toBeLessThan(2.2 * area);
  expect(scores.ocr_middle).toBeCloseTo(Number(scores.ocr_last), 2);
});

test("Winnow's own detector finds no text in a video without any", async () => {
  const open = await textArea.open(platform, textArea.settings.parse({ longSide: 320 }));
  expect(open.models).toEqual({
    'ch_PP-OCRv4_det_infer.onnx': expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  const path = resolve('examples/demo/videos/crf-18/tree.mp4');
  const clip = { uid: 'a'.repeat(32), path, values: {} };
  expect(await open.score(clip, new AbortController().signal)).toEqual({
    ocr: 0,
    ocr_max: 0,
    ocr_first: 0,
    ocr_middle: 0,
    ocr_last: 0,
  });
});
