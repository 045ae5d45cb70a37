import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writeCaptionerFolder } from '#tests/factories/captioner-folder.ts';
import { openCaptioner } from './captioner.ts';

const root = mkdtempSync(join(tmpdir(), 'winnow-captioner-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

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
  const captioner = await openCaptioner(folder, { threads: 1 });
  try {
    expect(captioner.kind).toBe('image');
    expect(await captioner.describe(frames(1), 20)).toBe('a green picture');
    expect(await captioner.describe(frames(0), 20)).toBe('a red picture');
    expect(await captioner.describe(frames(0), 2)).toBe('a red');
    expect(Object.keys(captioner.models)).toContain('onnx/encoder_model.onnx');
    expect(captioner.models['config.json']).toMatch(/^[0-9a-f]{64}$/);
    const stop = new AbortController();
    const stopped = captioner.describe(frames(2), 20, stop.signal);
    stop.abort(new Error('enough'));
    await expect(stopped).rejects.toThrow('enough');
    // The process went with it; the next clip gets another.
    expect(await captioner.describe(frames(2), 20)).toBe('a blue picture');
  } finally {
    captioner.close();
  }
});

test('a video captioner sees all frames', async () => {
  const folder = join(root, 'video');
  await writeCaptionerFolder(folder, 3);
  const captioner = await openCaptioner(folder, { threads: 1 });
  try {
    expect(captioner).toMatchObject({ kind: 'video', frames: 3 });
    expect(await captioner.describe(frames(0, 2, 2), 20)).toBe('a blue picture');
    await expect(captioner.describe(frames(0), 20)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  } finally {
    captioner.close();
  }
});

test('a folder that lacks a file or holds something else is refused by name', async () => {
  await expect(openCaptioner(join(root, 'nowhere'))).rejects.toMatchObject({
    code: 'NOT_FOUND',
    message: expect.stringContaining('config.json'),
  });
  const folder = join(root, 'broken');
  await writeCaptionerFolder(folder);
  writeFileSync(join(folder, 'onnx/encoder_model.onnx'), 'no graph');
  await expect(openCaptioner(folder)).rejects.toMatchObject({ code: 'BAD_INPUT' });
});
