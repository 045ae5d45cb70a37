import { expect, test } from 'vitest';
import { replaceImages } from './replace-images.ts';

const HASH = 'a'.repeat(64);

test('paths become hashes on their own lines, hashes stay', async () => {
  const yaml = `title: x # images: [no.png]
prompts:
  - key: p1
    images: [one.png, "two words.png"]
  - { key: p2, images: ['${HASH}'] }
  - key: p3
    images:
      - three.png
`;
  const asked: string[] = [];
  const text = await replaceImages(yaml, async (path) => {
    asked.push(path);
    return path.slice(0, 1).repeat(64);
  });
  expect(asked.toSorted()).toEqual(['one.png', 'three.png', 'two words.png']);
  expect(text.split('\n')).toHaveLength(yaml.split('\n').length);
  expect(text).toContain(`images: [${'o'.repeat(64)}, ${'t'.repeat(64)}]`);
  expect(text).toContain(`images: ['${HASH}']`);
  expect(text).toContain('# images: [no.png]');
});

test.each(['prompts: [', 'prompts: 3', 'prompts: [{ images: 3 }, 4]', ''])(
  'what is no study is left for the parser: %j',
  async (yaml) => {
    expect(await replaceImages(yaml, async () => 'x')).toBe(yaml);
  },
);
