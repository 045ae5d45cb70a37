import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { listItems } from '../checklist/list-items.ts';
import { parseSpec } from './parse-spec.ts';

test('the example is a study, and says so of its gaps', () => {
  const spec = parseSpec(readFileSync('examples/study.yaml', 'utf8'));
  expect(spec.arms).toHaveLength(4);
  const items = listItems({
    spec,
    imports: [],
    refused: [],
    renditions: [],
    counts: { wanted: 8, ready: 0, waiting: 0, failed: 0 },
    differences: [],
  });
  expect(items.map((item) => item.code)).toEqual([
    'import-missing',
    'video-missing',
    'example-missing',
  ]);
  expect(items[1]?.names).toHaveLength(8);
});
