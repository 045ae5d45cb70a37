import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseEnvironment } from '#lib/platform/env.ts';
import { writeCaptionerFolder } from '#tests/factories/captioner-folder.ts';
import { createModels } from '../models.ts';

const root = mkdtempSync(join(tmpdir(), 'winnow-captioner-'));
const models = createModels({ ...parseEnvironment({}).models, roots: [root], threads: 1 });
afterAll(() => {
  models.close();
  rmSync(root, { recursive: true, force: true });
});

const WIDTH = 12;
const HEIGHT = 10;

/** Frames of one colour each: 0 red, 1 green, 2 blue. */
function frames(...channels: number[]) {
  const path = join(root, `${channels.join('-')}.rgb`);
  const pixels = channels.map((channel) => {
    const pixel = [0, 0, 0];
    pixel[channel] = 200;
    return Buffer.from(Array.from({ length: WIDTH * HEIGHT }, () => pixel).flat());
  });
  writeFileSync(path, Buffer.concat(pixels));
  return { path, width: WIDTH, height: HEIGHT, count: channels.length };
}

test('an image captioner says what it sees, each time the same', async () => {
  const folder = join(root, 'image');
  await writeCaptionerFolder(folder);
  const model = await models.admit(folder, 'captioner');
  expect(Object.keys(model.hashes)).toContain('onnx/encoder_model.onnx');
  expect(model.hashes['config.json']).toMatch(/^[0-9a-f]{64}$/);
  expect(await models.load(model)).toMatchObject({ captioner: { kind: 'image', frames: 1 } });
  expect(await models.caption(model, frames(1), 20)).toBe('a green picture');
  expect(await models.caption(model, frames(0), 20)).toBe('a red picture');
  expect(await models.caption(model, frames(0), 2)).toBe('a red');
  const stop = new AbortController();
  const stopped = models.caption(model, frames(2), 20, { signal: stop.signal });
  stop.abort(new Error('enough'));
  await expect(stopped).rejects.toThrow('enough');
  // The process went with it; the next clip gets another.
  expect(await models.caption(model, frames(2), 20)).toBe('a blue picture');
});

test('a video captioner sees all frames', async () => {
  const folder = join(root, 'video');
  await writeCaptionerFolder(folder, 3);
  const model = await models.admit(folder, 'captioner');
  expect(await models.load(model)).toMatchObject({ captioner: { kind: 'video', frames: 3 } });
  expect(await models.caption(model, frames(0, 2, 2), 20)).toBe('a blue picture');
  await expect(models.caption(model, frames(0), 20)).rejects.toMatchObject({
    code: 'UNAVAILABLE',
  });
});

test('a folder that lacks a file or holds something else is refused by name', async () => {
  await expect(models.admit(join(root, 'nowhere'), 'captioner')).rejects.toMatchObject({
    code: 'NOT_FOUND',
    message: expect.stringContaining('nowhere'),
  });
  const folder = join(root, 'broken');
  await writeCaptionerFolder(folder);
  writeFileSync(join(folder, 'onnx/encoder_model.onnx'), 'no graph');
  const broken = await models.admit(folder, 'captioner');
  await expect(models.load(broken)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  rmSync(join(folder, 'tokenizer.json'));
  await expect(models.admit(folder, 'captioner')).rejects.toThrow('tokenizer.json');
});
