import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { writeClipFolder } from '#tests/factories/clip-folder.ts';
import { openScorerPlatform, scoreClip } from '#tests/factories/scorers.ts';
import { makeTestVideo } from '#tests/factories/videos.ts';
import { clip } from './clip.ts';
import type { ColumnValue } from './scorer.ts';

const { platform, folder } = openScorerPlatform();
const path = join(folder, 'video.mp4');

beforeAll(async () => {
  makeTestVideo(path, { frames: 25 });
  await writeClipFolder(join(folder, 'two'));
  await writeClipFolder(join(folder, 'one'), { layout: 'one', tokens: 6 });
});

function vector(value: ColumnValue | undefined): number[] {
  if (!(value instanceof Float32Array)) throw new Error('No vector came out.');
  return [...value];
}

test('embeddings have unit length, and a caption is compared with each of them', async () => {
  const settings = { folder: join(folder, 'two'), captions: ['text', 'caption_llm'] };
  const values = { text: 'A red picture', caption_llm: 'a blue picture' };
  const scores = await scoreClip(platform, clip, settings, path, values);
  for (const place of ['first', 'middle', 'last']) {
    const [red = 0, , blue = 0] = vector(scores[`clip_${place}`]);
    expect(Math.hypot(...vector(scores[`clip_${place}`]))).toBeCloseTo(1, 6);
    expect(scores[`match_text_${place}`]).toBeCloseTo(red, 6);
    expect(scores[`match_caption_llm_${place}`]).toBeCloseTo(blue, 6);
  }
  const { match_text_first: a, match_text_middle: b, match_text_last: c } = scores;
  expect(scores.match_text).toBeCloseTo((Number(a) + Number(b) + Number(c)) / 3, 12);
  expect(Object.keys(scores).toSorted()).toEqual(
    clip
      .columns(clip.settings.parse(settings))
      .map(({ name }) => name)
      .toSorted(),
  );
  expect(await scoreClip(platform, clip, settings, path, values)).toEqual(scores);
});

test('one graph for both sides, and for texts of one length, says the same', async () => {
  const values = { text: 'green red' };
  const by = (name: string) =>
    scoreClip(platform, clip, { folder: join(folder, name), captions: ['text'] }, path, values);
  expect(await by('one')).toEqual(await by('two'));
});

test('a caption that is missing or empty has no match, and no other suffers', async () => {
  const settings = { folder: join(folder, 'two'), captions: ['none', 'empty', 'text'] };
  const values = { none: null, empty: ' ', text: 'red' };
  const scores = await scoreClip(platform, clip, settings, path, values);
  expect(scores).toMatchObject({ match_none: null, match_empty: null, match_empty_last: null });
  expect(scores.match_text).toBeGreaterThan(0);
  const alone = { folder: join(folder, 'two') };
  expect(Object.keys(await scoreClip(platform, clip, alone, path))).toEqual([
    'clip_first',
    'clip_middle',
    'clip_last',
  ]);
});

test('all files that were loaded are in the lineage', async () => {
  const open = await clip.open(platform, clip.settings.parse({ folder: join(folder, 'two') }));
  expect(Object.keys(open.models)).toEqual(
    expect.arrayContaining(['tokenizer.json', 'onnx/text_model.onnx', 'onnx/vision_model.onnx']),
  );
});
