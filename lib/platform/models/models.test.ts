import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { sumGraph } from '#tests/factories/vision-graphs.ts';
import { createModels } from './models.ts';

const root = mkdtempSync(join(tmpdir(), 'winnow-models-'));
const outside = mkdtempSync(join(tmpdir(), 'winnow-outside-'));
const options = { roots: [root], providers: ['cpu'], threads: 1, memoryMebibytes: 2048 };
const models = createModels(options);
afterAll(() => {
  models.close();
  for (const folder of [root, outside]) rmSync(folder, { recursive: true });
});

const file = (name: string, content: string | Buffer, folder = root) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

test('a model is admitted with the hash of what it holds now', async () => {
  const path = file('head.onnx', sumGraph(2));
  const first = await models.admit(path, 'file');
  expect(await models.admit(path, 'file')).toEqual(first);
  expect(first).toMatchObject({ path, hashes: { 'head.onnx': expect.any(String) } });
  file('head.onnx', sumGraph(3));
  const changed = await models.admit(path, 'file');
  expect(changed.hashes).not.toEqual(first.hashes);
  file('head.onnx_data', 'weights beside the graph');
  expect(Object.keys((await models.admit(path, 'file')).hashes)).toEqual([
    'head.onnx',
    'head.onnx_data',
  ]);
});

test('nothing outside of the model roots is reached, by a link neither', async () => {
  const path = file('other.onnx', sumGraph(2), outside);
  symlinkSync(path, join(root, 'link.onnx'));
  mkdirSync(join(root, 'clip/onnx'), { recursive: true });
  for (const name of ['tokenizer.json', 'preprocessor_config.json', 'onnx/model.onnx']) {
    file(`clip/${name}`, '{}');
  }
  symlinkSync(file('config.json', '{}', outside), join(root, 'clip/config.json'));
  for (const [place, kind] of [
    [path, 'file'],
    [join(root, 'link.onnx'), 'file'],
    ['/etc/passwd', 'file'],
  ] as const) {
    await expect(models.admit(place, kind)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      data: { reason: 'model-roots' },
    });
  }
  await expect(models.admit(join(root, 'clip'), 'clip')).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: expect.stringContaining('config.json'),
  });
});

test('a folder where a file is wanted and a model that is larger than the memory are refused', async () => {
  mkdirSync(join(root, 'folder.onnx'));
  await expect(models.admit(join(root, 'folder.onnx'), 'file')).rejects.toMatchObject({
    code: 'BAD_INPUT',
  });
  const small = createModels({ ...options, memoryMebibytes: 0 });
  const path = file('head.onnx', sumGraph(2));
  await expect(small.admit(path, 'file')).rejects.toMatchObject({ code: 'TOO_LARGE' });
  small.close();
});

test('a graph runs in a child process, which goes when nothing is asked and comes again', async () => {
  const brief = createModels({ ...options, idleSeconds: 0.05 });
  const model = await brief.admit(file('head.onnx', sumGraph(2)), 'file');
  expect(await brief.apply(model, [Float32Array.of(1, 2), Float32Array.of(3, 4)])).toEqual([
    [3],
    [7],
  ]);
  while (brief.processIds().length > 0) await setImmediate();
  expect(await brief.apply(model, [Float32Array.of(1, 1)])).toEqual([[2]]);
  brief.close();
  await expect(brief.apply(model, [])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});

test('a model that asks for too much memory ends its process and nothing else', async () => {
  const tight = createModels({ ...options, memoryMebibytes: 60 });
  const model = await tight.admit(file('head.onnx', sumGraph(2)), 'file');
  await expect(tight.load(model)).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: expect.stringContaining('WINNOW_MODEL_MEMORY_MIB'),
  });
  tight.close();
});

test('a graph that fails is no fault of the clip', async () => {
  const model = await models.admit(file('head.onnx', sumGraph(2)), 'file');
  await expect(models.apply(model, [Float32Array.of(1, 2, 3)])).rejects.toMatchObject({
    code: 'UNAVAILABLE',
  });
  const provider = createModels({ ...options, providers: ['nothing-of-that-name'] });
  await expect(provider.load(model)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  provider.close();
});
