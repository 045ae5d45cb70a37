import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFolderLayout } from './folder-layout.ts';

const place = (paths: string[], ...rest: ['auto' | 'equal-names' | 'prompt-index'] | []) =>
  readFolderLayout(paths, 'sole', ...rest);

test('sub-folders with equal names are arms with the same prompts', () => {
  const read = place(['base/beach.mp4', 'base/dog.mp4', 'cut/beach.mp4', 'cut/dog.webm']);
  expect(read.layout).toBe('equal-names');
  expect(read.placed).toEqual([
    { path: 'base/beach.mp4', model: 'base', prompt: 'beach', promptText: null, seed: 0 },
    { path: 'base/dog.mp4', model: 'base', prompt: 'dog', promptText: null, seed: 0 },
    { path: 'cut/beach.mp4', model: 'cut', prompt: 'beach', promptText: null, seed: 0 },
    { path: 'cut/dog.webm', model: 'cut', prompt: 'dog', promptText: null, seed: 0 },
  ]);
  expect(read.explanation).toBe(
    'Read as 2 folders, each one arm; files of equal name are the same prompt (2 prompts).',
  );
});

test('names that end in -index are prompts with seeds', () => {
  const read = place(['a/a red car-0.mp4', 'a/a red car-1.mp4', 'b/a red car-0.mp4']);
  expect(read.layout).toBe('prompt-index');
  expect(read.placed.map(({ prompt, promptText, seed }) => [prompt, promptText, seed])).toEqual([
    ['a red car', 'a red car', 0],
    ['a red car', 'a red car', 1],
    ['a red car', 'a red car', 0],
  ]);
  expect(read.explanation).toContain('named {prompt}-{index}: 1 prompt, 2 seeds');
});

test.each([
  ['a running number', ['a/clip-1.mp4', 'a/clip-2.mp4', 'b/clip-1.mp4']],
  ['padded numbers', ['a/x y-001.mp4', 'a/z-002.mp4']],
  ['one name without an index', ['a/x y-1.mp4', 'a/z.mp4']],
])('%s is no prompt with seeds', (_, paths) => {
  expect(place(paths).layout).toBe('equal-names');
});

test('a stated layout wins, and names that do not fit it are refused', () => {
  const read = place(['a/clip-1.mp4', 'a/clip.mp4'], 'prompt-index');
  expect(read.placed.map((file) => [file.prompt, file.seed])).toEqual([['clip', 1]]);
  expect(read.refused).toEqual([
    { path: 'a/clip.mp4', reason: expect.stringContaining('{prompt}-{index}') },
  ]);
});

test('folders around all videos are passed over', () => {
  const read = place(['run/out/a/x.mp4', 'run/out/b/x.mp4', 'run/prompts.csv']);
  expect(read.placed.map((file) => file.model)).toEqual(['a', 'b']);
});

test('one folder of videos is one arm, and so are loose videos', () => {
  expect(place(['a/x.mp4', 'a/y.mp4']).placed.map((file) => file.model)).toEqual(['a', 'a']);
  const loose = place(['x.mp4', 'y.mp4']);
  expect(loose.placed.map((file) => file.model)).toEqual(['sole', 'sole']);
  expect(loose.explanation).toContain('taken as one arm named "sole"');
});

test('what lies beside or below the arm folders is refused by name', () => {
  const read = place(['run/a/x.mp4', 'run/b/x.mp4', 'run/loose.mp4', 'run/a/deep/x.mp4']);
  expect(read.placed.map((file) => file.path)).toEqual(['run/a/x.mp4', 'run/b/x.mp4']);
  expect(read.refused).toEqual([
    { path: 'run/loose.mp4', reason: expect.stringContaining('beside the folders') },
    { path: 'run/a/deep/x.mp4', reason: expect.stringContaining('2 folders deep') },
  ]);
});

test('hidden files and notes are left out; other files are refused by name', () => {
  const read = place(['a/x.mp4', 'a/.DS_Store', '__MACOSX/a/._x.mp4', 'a/notes.txt', 'a/run.exe']);
  expect(read.placed).toHaveLength(1);
  expect(read.refused.map((file) => file.path)).toEqual(['a/run.exe']);
});

test('a long prompt gets a short key and keeps its text', () => {
  const prompt = 'a very long prompt '.repeat(12).trim();
  const [file] = place([`a/${prompt}-0.mp4`, `a/${prompt}-1.mp4`]).placed;
  expect(file?.prompt.length).toBeLessThanOrEqual(120);
  expect(file?.promptText).toBe(prompt);
});

test('nothing is found in nothing', () => {
  expect(place([])).toMatchObject({
    placed: [],
    refused: [],
    explanation: 'No videos were found.',
  });
});

test('every video is placed or refused, once', () => {
  const segment = fc.constantFrom('a', 'b', 'c-1', 'x y-2', 'z');
  const path = fc
    .array(segment, { minLength: 1, maxLength: 4 })
    .map((parts) => `${parts.join('/')}.mp4`);
  fc.assert(
    fc.property(fc.uniqueArray(path, { maxLength: 20 }), (paths) => {
      const { placed, refused } = place(paths);
      const seen = [...placed, ...refused].map((file) => file.path);
      expect(seen.toSorted()).toEqual(paths.toSorted());
    }),
  );
});
