import fc from 'fast-check';
import { expect, test } from 'vitest';
import { slugSchema } from './schema.ts';
import { slugOf } from './slug.ts';

test.each([
  ['Filter ablation, spring models', 'filter-ablation-spring-models'],
  ['  Ærlig Café №5 ', 'rlig-cafe-no5'],
  ['视频', 'project'],
  ['--', 'project'],
])('%s becomes %s', (name, slug) => {
  expect(slugOf(name, 'project')).toBe(slug);
});

test('always a slug', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (name) => {
      expect(slugSchema.safeParse(slugOf(name, 'project')).success).toBe(true);
    }),
  );
});
