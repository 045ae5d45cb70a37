import { expect, test } from 'vitest';
import {
  draftProblems,
  EMPTY_MAPPING,
  freeName,
  readMapping,
  roleOf,
  withRole,
  writeMapping,
} from './mapping-draft.ts';

const draft = {
  ...EMPTY_MAPPING,
  path: 'videoid',
  numbers: { fps: 'rate' },
  scores: { aes: 'Aesthetic Score' },
  captions: { llm: 'text' },
};

test('columns have one role each, and give a role up that there is once', () => {
  expect(roleOf(draft, 'Aesthetic Score')).toEqual({ role: 'score', name: 'aes' });
  expect(roleOf(draft, 'rate')).toEqual({ role: 'fps', name: null });
  expect(roleOf(draft, 'other')).toBeNull();
  const moved = withRole(draft, 'Aesthetic Score', { role: 'caption' });
  expect(moved).toMatchObject({ scores: {}, captions: { aesthetic_score: 'Aesthetic Score' } });
  expect(withRole(draft, 'file', { role: 'path' }).path).toBe('file');
  expect(withRole(draft, 'videoid', null).path).toBe('');
  const keyed = withRole(draft, 'id', { role: 'key' });
  expect(keyed.key).toBe('id');
  expect('key' in withRole(keyed, 'id', null)).toBe(false);
});

test('names of the table are safe and free', () => {
  expect(freeName(draft, '  99 % Flöw--Score ')).toBe('fl_w_score');
  expect(freeName(draft, 'AES')).toBe('aes_2');
  expect(freeName(draft, 'path')).toBe('path_2');
  expect(freeName(draft, '漢字')).toBe('column');
});

test('what is wrong stands at its column', () => {
  expect(draftProblems(draft)).toEqual({ byColumn: new Map(), general: [] });
  const { byColumn, general } = draftProblems({
    ...draft,
    path: '',
    scores: { 'Not safe': 'Aesthetic Score', llm: 'match' },
  });
  expect(byColumn.get('Aesthetic Score')).toMatch(/lower-case letters/);
  expect(general).toEqual(['Choose the column that holds the path of each clip.']);
});

test('YAML both ways', () => {
  const text = writeMapping(draft);
  expect(text).toBe(
    'path: videoid\nnumbers:\n  fps: rate\nscores:\n  aes: Aesthetic Score\ncaptions:\n  llm: text\n',
  );
  expect(readMapping(text)).toEqual({ kind: 'read', draft });
  expect(readMapping('path: [')).toMatchObject({ kind: 'refused' });
  expect(readMapping('scores: { a: 1 }\nother: 2')).toMatchObject({
    kind: 'refused',
    problems: expect.arrayContaining([expect.stringMatching(/^path: /)]),
  });
});
