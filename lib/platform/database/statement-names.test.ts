import { expect, test } from 'vitest';
import { statementNamer } from './statement-names.ts';

test('a statement is named when it comes for the fifth time, and keeps its name', () => {
  const nameOf = statementNamer();
  const names = Array.from({ length: 7 }, () => nameOf({ sql: 'select 1' }));
  expect(names.slice(0, 4)).toEqual(['', '', '', '']);
  expect(names[4]).toMatch(/^winnow_[0-9a-f]{24}$/);
  expect(new Set(names.slice(4)).size).toBe(1);
});

test('statements that differ each time never get names, and there is an end of names', () => {
  const nameOf = statementNamer();
  for (let index = 0; index < 5_000; index++) expect(nameOf({ sql: `select ${index}` })).toBe('');
  const named = new Set<string>();
  for (let index = 0; index < 300; index++)
    for (let time = 0; time < 6; time++) named.add(nameOf({ sql: `select 'often ${index}'` }));
  named.delete('');
  expect(named.size).toBe(200);
});
