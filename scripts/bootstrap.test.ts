import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const run = (environment: Record<string, string> = {}) =>
  spawnSync(process.execPath, ['scripts/bootstrap.mjs'], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });

test('it needs nothing that is not in Node itself', () => {
  const source = readFileSync('scripts/bootstrap.mjs', 'utf8');
  const imported = [...source.matchAll(/from '([^']+)'/g)].map(([, name]) => name);
  expect(imported).not.toEqual([]);
  expect(imported.filter((name) => !name?.startsWith('node:'))).toEqual([]);
});

test('it says nothing when there is nothing to do', () => {
  const { status, stdout, stderr } = run();
  expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: '' });
});

test('an npm that is too old is refused in one sentence', () => {
  const { status, stderr } = run({ npm_config_user_agent: 'npm/8.19.4 node/v18.19.0 linux x64' });
  expect(status).toBe(1);
  expect(stderr.trim()).toBe('Winnow needs npm 9.0 or later, and this is 8.19.4.');
});
