import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parseEnvironment, VARIABLE_NAMES } from './env.ts';

test('nothing set gives the defaults', () => {
  expect(parseEnvironment({})).toEqual({
    databaseUrl: undefined,
    databasePoolSize: 10,
    dataDir: resolve('data'),
    host: '0.0.0.0',
    port: 3000,
    publicUrl: 'http://localhost:3000',
    secret: undefined,
    importRoots: [],
    importBuckets: [],
    models: {
      roots: [resolve('examples/tiny-world/models')],
      providers: ['cpu'],
      threads: undefined,
      memoryMebibytes: 8192,
    },
    hasDemo: true,
    storageUrl: undefined,
    llm: {
      url: undefined,
      key: undefined,
      requestsPerMinute: 60,
      tokensPerMinute: 100_000,
      inputPrice: 0,
      outputPrice: 0,
    },
    logLevel: 'info',
  });
});

test('an empty variable counts as not set', () => {
  expect(parseEnvironment({ DATABASE_URL: '', PORT: '' })).toEqual(parseEnvironment({}));
});

test('paths and lists are resolved', () => {
  const env = parseEnvironment({
    WINNOW_IMPORT_ROOTS: '/srv/a, b ,',
    WINNOW_URL: 'https://x.org/',
  });
  expect(env.importRoots).toEqual(['/srv/a', resolve('b')]);
  expect(env.publicUrl).toBe('https://x.org');
});

test.each([
  ['DATABASE_URL', 'mysql://host/db', 'PostgreSQL'],
  ['DATABASE_POOL_SIZE', '0', 'from 1 to 500'],
  ['PORT', 'http', 'from 1 to 65535'],
  ['PORT', '70000', 'from 1 to 65535'],
  ['WINNOW_URL', 'winnow', 'https://winnow.example.org'],
  ['WINNOW_SECRET', 'short', '32 characters'],
  ['WINNOW_MODEL_THREADS', '0', 'from 1 to 256'],
  ['WINNOW_MODEL_MEMORY_MIB', '8', '512 or more'],
  ['WINNOW_DEMO', 'maybe', 'true or false'],
  ['STORAGE_URL', 'http://host/bucket', 's3://'],
  ['WINNOW_LLM_URL', 'file:///etc/passwd', 'http://127.0.0.1:8000/v1'],
  ['WINNOW_LLM_REQUESTS_PER_MINUTE', '0', '1 or more'],
  ['WINNOW_LLM_TOKENS_PER_MINUTE', 'many', '1 or more'],
  ['WINNOW_LLM_INPUT_PRICE', '-1', '0 or more'],
  ['WINNOW_LLM_OUTPUT_PRICE', 'free', '0 or more'],
  ['LOG_LEVEL', 'loud', 'info'],
])('%s=%s is refused in a sentence that says what would be right', (name, value, hint) => {
  const parse = () => parseEnvironment({ [name]: value });
  expect(parse).toThrow(name);
  expect(parse).toThrow(hint);
  expect(parse).toThrow(/^The environment variable .*[^.]\.$/);
});

test('.env.example explains every variable and no other', () => {
  const lines = readFileSync('.env.example', 'utf8').split('\n');
  const explained = lines.flatMap((line) => line.match(/^# ([A-Z_]+)=/)?.[1] ?? []);
  expect(explained.toSorted()).toEqual([...VARIABLE_NAMES].toSorted());
});
