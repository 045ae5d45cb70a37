import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readSecret } from './secret.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'winnow-secret-'));
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

test('a secret is made once, kept for its owner alone, and leaves no draft', () => {
  const first = readSecret({ secret: undefined, dataDir });
  expect(first).toHaveLength(43);
  expect(readSecret({ secret: undefined, dataDir })).toBe(first);
  expect(readdirSync(dataDir)).toEqual(['secret']);
  expect(statSync(join(dataDir, 'secret')).mode & 0o777).toBe(0o600);
});

test('a secret from the environment wins', () => {
  const secret = 'x'.repeat(32);
  expect(readSecret({ secret, dataDir })).toBe(secret);
});
