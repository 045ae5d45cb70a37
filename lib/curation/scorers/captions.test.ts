import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseEnvironment } from '#lib/platform/env.ts';
import { createLlm } from '#lib/platform/llm/llm.ts';
import { createMedia } from '#lib/platform/media/media.ts';
import { createModels } from '#lib/platform/models/models.ts';
import { writeCaptionerFolder } from '#tests/factories/captioner-folder.ts';
import { completion, startLlmServer } from '#tests/factories/llm-server.ts';
import { fillPrompt } from './fill-prompt.ts';
import { imageCaption } from './image-caption.ts';
import { mergeCaptions } from './merge-captions.ts';
import type { ScorerPlatform } from './scorer.ts';
import { videoCaption } from './video-caption.ts';

const root = mkdtempSync(join(tmpdir(), 'winnow-captions-'));
const media = createMedia();
const models = createModels({ ...parseEnvironment({}).models, roots: [root], threads: 1 });
afterAll(() => {
  media.close();
  models.close();
  rmSync(root, { recursive: true, force: true });
});
beforeAll(async () => {
  await writeCaptionerFolder(join(root, 'image'));
  await writeCaptionerFolder(join(root, 'video'), 4);
});

const CLIP = 'examples/demo/videos/crf-46/rocket.mp4';
const signal = new AbortController().signal;

function platform(variables: Record<string, string> = {}): ScorerPlatform {
  const environment = parseEnvironment({ WINNOW_DATA_DIR: join(root, 'data'), ...variables });
  const llm = createLlm(environment);
  return { media, models, llm, environment, log: pino({ level: 'silent' }) };
}

function clip(values: Record<string, string | null> = {}) {
  return { uid: 'a'.repeat(32), path: join(process.cwd(), CLIP), values };
}

test('captions of a clip by an image and a video captioner; no frame is left behind', async () => {
  for (const [scorer, folder, column] of [
    [imageCaption, 'image', 'caption_image'],
    [videoCaption, 'video', 'caption_video'],
  ] as const) {
    const settings = scorer.settings.parse({
      folder: join(root, folder),
      ...(folder === 'video' ? { frames: 4 } : {}),
    });
    const open = await scorer.open(platform(), settings as never);
    try {
      const first = await open.score(clip(), signal);
      expect(first[column]).toMatch(/^a (red|green|blue) picture$/);
      expect(await open.score(clip(), signal)).toEqual(first);
      expect(open.models['onnx/encoder_model.onnx']).toMatch(/^[0-9a-f]{64}$/);
    } finally {
      await open.close();
    }
  }
  expect(readdirSync(join(root, 'data/temporary/frames'))).toEqual([]);
});

test('a captioner of the other kind or another number of frames is refused', async () => {
  const image = imageCaption.settings.parse({ folder: join(root, 'video') });
  await expect(imageCaption.open(platform(), image)).rejects.toThrow('takes 4 frames');
  const video = videoCaption.settings.parse({ folder: join(root, 'video') });
  await expect(videoCaption.open(platform(), video)).rejects.toThrow('takes 4 frames');
  const still = videoCaption.settings.parse({ folder: join(root, 'image') });
  await expect(videoCaption.open(platform(), still)).rejects.toThrow('image-caption');
});

test('a folder outside of what a run may read is refused', async () => {
  const settings = imageCaption.settings.parse({ folder: tmpdir() });
  await expect(imageCaption.open(platform(), settings)).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
});

const TWO = { caption_image: 'a red disc', caption_video: 'a disc moves left' };

async function merging(reply: Parameters<typeof startLlmServer>[0], settings: object = {}) {
  const server = await startLlmServer(reply);
  const variables = {
    WINNOW_LLM_URL: server.url,
    WINNOW_LLM_OUTPUT_PRICE: '100',
    WINNOW_DATA_DIR: mkdtempSync(join(root, 'llm-')),
  };
  const open = await mergeCaptions.open(
    platform(variables),
    mergeCaptions.settings.parse({ model: 'small', ...settings }),
  );
  return { server, open };
}

test('two captions are merged by the language model, with tokens and cost; a second run asks nothing', async () => {
  const { server, open } = await merging(() => 'A red disc moves left.');
  const merged = await open.score(clip(TWO), signal);
  expect(merged).toEqual({
    caption_merged: 'A red disc moves left.',
    caption_merged_tokens: 30,
    caption_merged_cost: 0.001,
  });
  expect(await open.score(clip(TWO), signal)).toEqual(merged);
  expect(server.calls).toHaveLength(1);
  expect(server.calls[0]?.body.messages[0]?.content).toContain(
    'Of its middle frame: a red disc\nOf the whole video: a disc moves left\n',
  );
});

test('one caption alone is taken as it is, none gives none', async () => {
  const { server, open } = await merging(() => 'unasked');
  expect(await open.score(clip({ ...TWO, caption_video: ' ' }), signal)).toMatchObject({
    caption_merged: 'a red disc',
    caption_merged_cost: 0,
  });
  expect(await open.score(clip({ caption_image: null }), signal)).toMatchObject({
    caption_merged: null,
  });
  expect(server.calls).toHaveLength(0);
});

test('an answer that is cut off counts against the clip alone', async () => {
  const { open } = await merging(() => ({ status: 200, body: completion('A red', 'length') }));
  await expect(open.score(clip(TWO), signal)).rejects.toMatchObject({ code: 'BAD_INPUT' });
});

test('the columns follow the settings, and the prompt has to fit the captions', () => {
  const settings = mergeCaptions.settings.parse({
    model: 'small',
    captions: { a: 'coca', b: 'vblip', c: 'text' },
    prompt: 'Merge {a}, {b} and {c}.',
    column: 'llm',
  });
  expect(mergeCaptions.reads(settings)).toEqual(['coca', 'vblip', 'text']);
  expect(mergeCaptions.columns(settings).map((column) => column.name)).toEqual([
    'llm',
    'llm_tokens',
    'llm_cost',
  ]);
  for (const prompt of ['Merge {image}.', 'Merge {image}, {video} and {x}.'])
    expect(mergeCaptions.settings.safeParse({ model: 'small', prompt }).success).toBe(false);
});

test('without a server the run does not start', async () => {
  const settings = mergeCaptions.settings.parse({ model: 'small' });
  await expect(mergeCaptions.open(platform(), settings)).rejects.toThrow('WINNOW_LLM_URL');
});

test("a caption's own braces stay, and a missing caption's line goes", () => {
  const prompt = 'Merge.\nA: {a}\nB: {b}\nBoth {a} and {b}.';
  expect(fillPrompt(prompt, { a: 'set {b}', b: 'two' })).toBe(
    'Merge.\nA: set {b}\nB: two\nBoth set {b} and two.',
  );
  expect(fillPrompt(prompt, { a: 'one' })).toBe('Merge.\nA: one');
});
