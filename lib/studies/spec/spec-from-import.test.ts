import { expect, test } from 'vitest';
import { commonForm, type ImportContents, specFromImport } from './spec-from-import.ts';

const CLIPS: ImportContents = {
  slug: 'clips',
  name: 'Clips of May',
  kind: 'video',
  models: ['crf-40', 'crf-8', 'crf-18'],
  prompts: [
    { key: 'p10', text: null },
    { key: 'p2', text: ' A boat ' },
  ],
  formats: [
    { width: 640, height: 360, fps: 29.97, count: 3 },
    { width: 320, height: 180, fps: 8, count: 40 },
  ],
};

test('arms and prompts come in natural order with guessed levels', () => {
  const spec = specFromImport(CLIPS);
  expect(spec.arms.map((arm) => [arm.name, arm.level])).toEqual([
    ['crf-8', 8],
    ['crf-18', 18],
    ['crf-40', 40],
  ]);
  expect(spec.prompts.map((prompt) => [prompt.key, prompt.text])).toEqual([
    ['p2', 'A boat'],
    ['p10', ''],
  ]);
  expect(spec.axis).toEqual({ kind: 'ordered', name: 'CRF', unit: '' });
  expect(spec.rendition).toMatchObject({ width: 320, height: 180, fps: 8, durationSeconds: null });
});

test('a caption import gives the caption questions', () => {
  const spec = specFromImport({ ...CLIPS, kind: 'caption', models: ['coca', 'v-blip'] });
  expect(spec.questions.map((question) => question.key)).toEqual(['accuracy', 'detail']);
});

test('large and odd sizes are brought into what a rendition may be', () => {
  expect(commonForm([{ width: 3840, height: 2161, fps: 120, count: 1 }])).toEqual({
    width: 1280,
    height: 720,
    fps: 60,
  });
  expect(commonForm([{ width: 33, height: 1001, fps: 0.5, count: 1 }])).toEqual({
    width: 64,
    height: 1000,
    fps: 1,
  });
  expect(commonForm([])).toEqual({});
});
