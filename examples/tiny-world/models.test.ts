import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { seededRandom } from '../../lib/core/random.ts';
import { parseEnvironment } from '../../lib/platform/env.ts';
import { createModels } from '../../lib/platform/models/models.ts';
import { drawClip } from './world/draw-clip.ts';
import type { Fault } from './world/fault.ts';
import { caption, type Scene, SIDE } from './world/scene.ts';

// The models as Winnow loads them, held against what PyTorch said when it exported them.
const folder = join(import.meta.dirname, 'models');
const held = mkdtempSync(join(tmpdir(), 'tiny-world-models-'));
const models = createModels({ ...parseEnvironment({}).models, roots: [folder], threads: 1 });
const clip = await models.admit(join(folder, 'clip'), 'clip');

afterAll(() => {
  models.close();
  rmSync(held, { recursive: true, force: true });
});

const scene: Scene = {
  ...{ colour: 'red', shape: 'circle', direction: 'left', background: 'sky' },
  ...{ radius: 18, speed: 2.5, centre: { x: 48, y: 48 } },
};
const FOLDERS = { image: 'captioner', video: 'video-captioner' };
const clean: Fault = { name: 'none', severity: 1 };

test('CLIP gives the embeddings that PyTorch gave', async () => {
  const expected = json('clip/expected.json');
  const images = await models.embedImages(clip, framesOf([pattern(0), pattern(1)]));
  const texts = await models.embedTexts(clip, expected.texts);
  expectNear(images, expected.image_embeds);
  expectNear(texts, expected.text_embeds);
});

test('CLIP tells the right caption from a wrong one', async () => {
  const [image] = await models.embedImages(clip, framesOf([middle(clean)]));
  const [right, wrong] = await models.embedTexts(clip, [
    caption(scene),
    caption({ ...scene, colour: 'green', shape: 'square' }),
  ]);
  expect(dot(image, right)).toBeGreaterThan(dot(image, wrong) + 0.3);
});

test('the head finds noise, blur and wrong exposure uglier than a clean picture', async () => {
  const { weights, bias } = json('aesthetics.json');
  const faults: Fault[] = [
    clean,
    { name: 'noise', severity: 0.8 },
    { name: 'blur', severity: 0.8 },
    { name: 'exposure', severity: 0.8, towards: 'black' },
    { name: 'exposure', severity: 0.8, towards: 'white' },
  ];
  const images = await models.embedImages(clip, framesOf(faults.map(middle)));
  const [best = 0, ...ugly] = images.map((image) => dot(image, weights) + bias);
  expect(best).toBeGreaterThan(6.5);
  expect(Math.max(...ugly)).toBeLessThan(5);
});

test.each(['image', 'video'] as const)('the %s captioner says what is to be seen', async (kind) => {
  const model = await models.admit(join(folder, FOLDERS[kind]), 'captioner');
  const expected = json(`${FOLDERS[kind]}/expected.json`);
  const patterns = Array.from({ length: expected.frames }, (_, index) => pattern(index));
  expect(await models.load(model)).toMatchObject({ captioner: { kind, frames: expected.frames } });
  expect(await models.caption(model, framesOf(patterns), 16)).toBe(expected.caption);
  const frames = pictures(clean);
  const seen =
    kind === 'image' ? [frames[8] ?? pattern(0)] : frames.filter((_, at) => at % 2 === 1);
  expect(await models.caption(model, framesOf(seen), 16)).toBe(
    kind === 'image' ? 'a red circle over a sky background' : caption(scene),
  );
});

function pictures(fault: Fault): Uint8Array[] {
  return [...drawClip(scene, fault, seededRandom(1))].map((picture) =>
    Uint8Array.from(picture, Math.round),
  );
}

function middle(fault: Fault): Uint8Array {
  return pictures(fault)[8] ?? pattern(0);
}

/** The picture that train/model_folder.py makes as `test_pattern`. */
function pattern(index: number): Uint8Array {
  return Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, at) => {
    const column = Math.floor(at / 3) % SIDE;
    const row = Math.floor(at / 3 / SIDE);
    const channels = [row * 2 + column * 3, row * 3 + column, row + column * 2];
    return ((channels[at % 3] ?? 0) + index * 40) % 256;
  });
}

let files = 0;
function framesOf(frames: readonly Uint8Array[]) {
  const path = join(held, `${files++}.rgb`);
  writeFileSync(path, Buffer.concat(frames));
  return { path, width: SIDE, height: SIDE, count: frames.length };
}

/** Every number within 1e-4 once the expected vectors have unit length, too. */
function expectNear(real: readonly Float32Array[], expected: readonly number[][]): void {
  expect(real).toHaveLength(expected.length);
  for (const [row, vector] of expected.entries()) {
    const length = Math.hypot(...vector);
    const gaps = vector.map((value, at) => Math.abs(value / length - (real[row]?.[at] ?? 9)));
    expect(Math.max(...gaps)).toBeLessThan(1e-4);
  }
}

function dot(a: ArrayLike<number> = [], b: ArrayLike<number> = []): number {
  return Array.from(a).reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
}

function json(name: string) {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}
