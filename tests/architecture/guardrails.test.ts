// A guardrail that nobody has seen fail may not work at all. Each one is given a planted violation
// in a small project of its own, with this project's settings, and has to refuse it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countPlaywright, countVitest } from '#scripts/test-results.ts';

const SETTINGS = [
  '.dependency-cruiser.cjs',
  '.gitignore',
  'biome.json',
  'knip.json',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
];
const root = mkdtempSync(join(tmpdir(), 'winnow-guardrails-'));

beforeAll(() => {
  for (const file of SETTINGS) cpSync(file, join(root, file));
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  plant('lib/core/errors.ts', 'export const code = 1;\n');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function plant(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

async function run(tool: string, ...args: string[]): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, [resolve('node_modules', tool), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [output, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code: Number(code), said: `${output}${errors}` };
}

const BIOME = '@biomejs/biome/bin/biome';
const DEPCRUISE = 'dependency-cruiser/bin/dependency-cruiser.mjs';

test('format refuses another style', async () => {
  plant('lib/style/bad.ts', 'export const name   = "double quotes"\n');
  expect((await run(BIOME, 'format', 'lib/style')).code).toBe(1);
  plant('lib/style/bad.ts', "export const name = 'single quotes';\n");
  expect((await run(BIOME, 'format', 'lib/style')).code).toBe(0);
});

test.each([
  ['noExplicitAny', 'export const value: any = 1;\n'],
  ['noNonNullAssertion', 'export const first = (list: number[]) => list[0]!;\n'],
  ['noUnusedVariables', 'function unused() {}\n'],
  ['noUnusedImports', "import { code } from '../core/errors.ts';\n"],
  ['useImportType', "import { Code } from '../core/errors.ts';\nexport type Own = Code;\n"],
  ['noFocusedTests', "import { test } from 'vitest';\ntest.only('x', () => {});\n"],
  ['noSkippedTests', "import { test } from 'vitest';\ntest.skip('x', () => {});\n"],
])('lint refuses what %s forbids', async (rule, content) => {
  plant('lib/lint/bad.test.ts', content);
  const { code, said } = await run(BIOME, 'lint', 'lib/lint');
  expect(code).toBe(1);
  expect(said).toContain(rule);
});

test('types refuse an unchecked index, an undefined option and syntax that Node cannot strip', async () => {
  const files = {
    'lib/types/index.ts': 'export const first: string = [].at(0) ?? ["a"][0];\n',
    'lib/types/optional.ts': 'export const given: { a?: number } = { a: undefined };\n',
    'lib/types/enum.ts': 'export enum Side { left, right }\n',
  };
  for (const [path, content] of Object.entries(files)) plant(path, content);
  plant(
    'tsconfig.types.json',
    JSON.stringify({
      extends: './tsconfig.json',
      compilerOptions: { incremental: false },
      include: ['lib/types'],
    }),
  );
  const { code, said } = await run('typescript/bin/tsc', '-p', 'tsconfig.types.json');
  expect(code).not.toBe(0);
  for (const path of Object.keys(files)) expect(said).toContain(path);
});

describe('boundaries', () => {
  /** For each rule, a file that breaks it and what it imports. */
  const violations: readonly (readonly [rule: string, file: string, imports: string])[] = [
    ['no-cycles', 'lib/cycle/a.ts', '#lib/cycle/b.ts'],
    ['resolvable', 'lib/missing/a.ts', '#lib/missing/nowhere.ts'],
    ['core-is-a-leaf', 'lib/core/bad.ts', '#lib/statistics/elo.ts'],
    ['statistics-is-pure', 'lib/statistics/bad.ts', '#lib/platform/env.ts'],
    ['figures-is-pure', 'lib/figures/bad.ts', '#lib/statistics/elo.ts'],
    ['platform-imports-nothing', 'lib/platform/bad.ts', '#lib/accounts/sign-in.ts'],
    ['open-files', 'lib/studies/schema.ts', '#lib/platform/env.ts'],
    ['open-files', 'lib/studies/deeper/schema.ts', '#lib/platform/env.ts'],
    ['contract-union', 'lib/contract.ts', '#lib/platform/env.ts'],
    ['domain-accounts', 'lib/accounts/bad.ts', '#lib/studies/cast-vote.ts'],
    ['domain-generation', 'lib/generation/bad.ts', '#lib/studies/cast-vote.ts'],
    ['domain-studies', 'lib/studies/bad.ts', '#lib/reports/rank.ts'],
    ['domain-studies', 'lib/studies/drawing.ts', '#lib/figures/curve.ts'],
    ['http', 'lib/http/bad.ts', '#app/page.ts'],
    ['client', 'lib/client/bad.ts', '#lib/studies/cast-vote.ts'],
    ['app', 'app/bad.ts', '#lib/platform/env.ts'],
    ['components', 'components/bad.ts', '#lib/studies/cast-vote.ts'],
    ['workers', 'workers/bad.ts', '#lib/http/session.ts'],
    ['cli', 'cli/bad.ts', '#app/page.ts'],
    ['only-tests-import-tests', 'scripts/bad.ts', '#tests/factories/study.ts'],
    ['next-only-in-app-and-http', 'lib/studies/page.ts', 'next'],
    ['react-only-in-the-browser-parts', 'lib/studies/view.ts', 'react'],
    ['platform-packages', 'lib/studies/driver.ts', 'pg'],
    ['platform-packages', 'workers/queue.ts', 'pg-boss'],
    ['platform-packages', 'lib/studies/picture.ts', 'sharp'],
  ];
  const targets = [
    'app/page.ts',
    'lib/accounts/sign-in.ts',
    'lib/figures/curve.ts',
    'lib/http/session.ts',
    'lib/platform/env.ts',
    'lib/reports/rank.ts',
    'lib/statistics/elo.ts',
    'lib/studies/cast-vote.ts',
    'tests/factories/study.ts',
  ];
  const broken: string[] = [];

  beforeAll(async () => {
    for (const path of targets) plant(path, 'export const here = 1;\n');
    for (const [, file, imports] of violations) plant(file, `import '${imports}';\n`);
    plant('lib/cycle/b.ts', "import '#lib/cycle/a.ts';\n");
    const { said } = await run(
      DEPCRUISE,
      ...['--config', '.dependency-cruiser.cjs', '--preserve-symlinks', '--output-type', 'json'],
      ...['app', 'components', 'lib', 'workers', 'cli', 'scripts', 'tests'],
    );
    const report: { summary: { violations: { from: string; rule: { name: string } }[] } } =
      JSON.parse(said);
    broken.push(...report.summary.violations.map(({ from, rule }) => `${rule.name}: ${from}`));
  });

  test.each(violations)('%s refuses %s importing %s', (rule, file) => {
    expect(broken).toContain(`${rule}: ${file}`);
  });

  test('every rule has a planted violation', () => {
    const config: { forbidden: { name: string }[] } = createRequire(import.meta.url)(
      resolve('.dependency-cruiser.cjs'),
    );
    const planted = new Set(violations.map(([rule]) => rule));
    const isDomain = (name: string) => name.startsWith('domain-');
    const missing = config.forbidden.map(({ name }) => name).filter((name) => !planted.has(name));
    // The domains' rules come out of one loop; three of them stand for all.
    expect(missing.filter((name) => !isDomain(name))).toEqual([]);
  });

  test('what is allowed stays allowed', () => {
    expect(broken.filter((line) => targets.some((path) => line.endsWith(`: ${path}`)))).toEqual([]);
  });
});

test('the boundary check sees this project', async () => {
  const child = spawn(
    process.execPath,
    [
      resolve('node_modules', DEPCRUISE),
      ...[
        '--config',
        '.dependency-cruiser.cjs',
        '--output-type',
        'json',
        'lib/core',
        'lib/platform',
      ],
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const report: { modules: { source: string }[] } = JSON.parse(await text(child.stdout));
  const seen = report.modules.map(({ source }) => source);
  expect(seen).toContain('lib/core/errors.ts');
  expect(seen).toContain('lib/platform/database/client.ts');
});

test('dead code: a file, an export and a package that nobody uses are refused', async () => {
  plant('cli/main.ts', "import { used } from './parts.ts';\nconsole.log(used);\n");
  plant('cli/parts.ts', 'export const used = 1;\nexport const forgottenExport = 2;\n');
  plant('cli/forgotten-file.ts', 'export const nothing = 1;\n');
  const { code, said } = await run('knip/bin/knip.js');
  expect(code).toBe(1);
  expect(said).toContain('cli/forgotten-file.ts');
  expect(said).toContain('forgottenExport');
  expect(said).toMatch(/Unused dependencies[\s\S]*pino/);
});

test('unit: a failing test fails the run and is counted', async () => {
  plant(
    'lib/failing/sum.test.ts',
    "import { expect, test } from 'vitest';\ntest('sum', () => expect(1 + 1).toBe(3));\ntest('ok', () => expect(1).toBe(1));\n",
  );
  const report = join(root, 'unit.json');
  const args = ['run', '--project', 'unit', 'lib/failing', '--reporter=json'];
  const { code } = await run('vitest/vitest.mjs', ...args, `--outputFile.json=${report}`);
  expect(code).toBe(1);
  expect(countVitest(code, report)).toEqual({ passed: 1, failed: 1 });
});

test('e2e: a failing test fails the run and is counted', async () => {
  plant(
    'e2e/failing.spec.ts',
    "import { expect, test } from '@playwright/test';\ntest('sum', () => expect(1 + 1).toBe(3));\n",
  );
  plant(
    'playwright.config.ts',
    "export default { testDir: 'e2e', reporter: [['json', { outputFile: 'e2e.json' }]] };\n",
  );
  const { code } = await run('@playwright/test/cli.js', 'test');
  expect(code).toBe(1);
  expect(countPlaywright(code, join(root, 'e2e.json'))).toEqual({ passed: 0, failed: 1 });
});
