import { expect, test } from 'vitest';
import { planMigrations } from './migration-files.ts';

const a = { name: '1_a', checksum: 'aa' };
const b = { name: '2_b', checksum: 'bb' };
const c = { name: '3_c', checksum: 'cc' };

test('an empty database gets everything in order', () => {
  expect(planMigrations([a, b], [])).toEqual({ kind: 'apply', names: ['1_a', '2_b'] });
});

test('what is applied is skipped, also when an older one came in by a merge', () => {
  expect(planMigrations([a, b, c], [c, a])).toEqual({ kind: 'apply', names: ['2_b'] });
  expect(planMigrations([a], [a])).toEqual({ kind: 'apply', names: [] });
});

test('a migration that this version does not know marks a newer database', () => {
  expect(planMigrations([a], [a, b])).toEqual({ kind: 'unknown', name: '2_b' });
});

test('a changed script marks a database of another version', () => {
  expect(planMigrations([a], [{ ...a, checksum: 'xx' }])).toEqual({ kind: 'edited', name: '1_a' });
});
