import { expect, test } from 'vitest';
import { suggestAxis } from './link-axes.ts';

const OPTIONS = [
  { slug: 'flow', name: 'Motion score' },
  { slug: 'motion-score', name: 'Another' },
  { slug: 'ocr', name: 'Text area' },
];

test.each([
  [
    'the axis that the study names',
    'Anything',
    { dataset: 'clips', version: 1, axis: 'ocr' },
    'ocr',
  ],
  ['one of the same short name', 'motion score', null, 'flow'],
  ['one of the same name', 'Text area', null, 'ocr'],
  ['another dataset says nothing', 'Text', { dataset: 'other', version: 1, axis: 'flow' }, null],
  ['an axis that is gone says nothing', 'Text', { dataset: 'clips', version: 1, axis: 'x' }, null],
])('%s', (_, name, dataset, expected) => {
  expect(suggestAxis({ name, dataset }, 'clips', OPTIONS)).toBe(expected);
});
