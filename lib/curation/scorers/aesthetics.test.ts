import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openScorerPlatform, scoreClip } from '#tests/factories/scorers.ts';
import { sumGraph } from '#tests/factories/vision-graphs.ts';
import { aesthetics } from './aesthetics.ts';

const { platform, folder } = openScorerPlatform();

const EMBEDDINGS = {
  clip_first: Float32Array.of(3, 4),
  clip_middle: Float32Array.of(0, 2),
  clip_last: Float32Array.of(1, 0),
};
/** Of the embeddings at unit length, by weights 1 and 10 and bias 2. */
const MEAN = (2 + 0.6 + 8 + (2 + 10) + (2 + 1)) / 3;

function head(name: string, content: string | Buffer): { head: string } {
  const path = join(folder, name);
  writeFileSync(path, content);
  return { head: path };
}

function safetensors(tensors: Record<string, number[]>, dtype = 'F32'): Buffer {
  const header: Record<string, object> = { __metadata__: { format: 'pt' } };
  const data: Buffer[] = [];
  let at = 0;
  for (const [name, values] of Object.entries(tensors)) {
    const bytes = Buffer.from(Float32Array.from(values).buffer);
    header[name] = { dtype, shape: [1, values.length], data_offsets: [at, at + bytes.length] };
    at += bytes.length;
    data.push(bytes);
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, ...data]);
}

const judge = (settings: object, values: object = EMBEDDINGS) =>
  scoreClip(platform, aesthetics, settings, '/no/clip/is/read', { ...values });

test('a head of JSON or safetensors judges unit vectors; the score is the mean over the frames', async () => {
  const json = head('head.json', JSON.stringify({ weights: [1, 10], bias: 2 }));
  expect(await judge(json)).toEqual({ aes: expect.closeTo(MEAN, 6) });
  const tensors = { 'linear.weight': [1, 10], 'linear.bias': [2] };
  const file = head('head.safetensors', safetensors(tensors));
  expect(await judge(file)).toEqual({ aes: expect.closeTo(MEAN, 6) });
});

test('a head as ONNX gets unit vectors too', async () => {
  const file = head('head.onnx', sumGraph(2));
  expect(await judge(file)).toEqual({ aes: expect.closeTo((0.6 + 0.8 + 1 + 1) / 3, 6) });
});

test('embeddings that are missing are left out; with none there is no score', async () => {
  const json = head('head.json', JSON.stringify({ weights: [1, 10], bias: 2 }));
  const { clip_last: last } = EMBEDDINGS;
  expect(await judge(json, { clip_first: null, clip_last: last })).toEqual({ aes: 3 });
  expect(await judge(json, {})).toEqual({ aes: null });
});

test('a head that is none, or of another CLIP, is named', async () => {
  await expect(judge(head('bad.json', '{}'))).rejects.toMatchObject({ code: 'BAD_INPUT' });
  const half = safetensors({ weight: [1, 2], bias: [0] }, 'F16');
  await expect(judge(head('bad.safetensors', half))).rejects.toMatchObject({ code: 'BAD_INPUT' });
  const two = safetensors({ 'a.weight': [1, 2], 'b.weight': [1, 2] });
  await expect(judge(head('bad.safetensors', two))).rejects.toMatchObject({ code: 'BAD_INPUT' });
  const wide = head('wide.json', JSON.stringify({ weights: [1, 2, 3] }));
  await expect(judge(wide)).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('another CLIP'),
  });
});
