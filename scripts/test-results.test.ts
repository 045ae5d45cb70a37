import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { countGuard, countPlaywright, countVitest } from './test-results.ts';

const folder = mkdtempSync(join(tmpdir(), 'winnow-results-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'report.json');
const report = (value: unknown) => writeFileSync(file, JSON.stringify(value));

test('a guard is one check', () => {
  expect(countGuard(0)).toEqual({ passed: 1, failed: 0 });
  expect(countGuard(2)).toEqual({ passed: 0, failed: 1 });
});

test.each([
  [0, { numPassedTests: 5, numFailedTests: 0, numFailedTestSuites: 0 }, { passed: 5, failed: 0 }],
  [1, { numPassedTests: 5, numFailedTests: 2, numFailedTestSuites: 1 }, { passed: 5, failed: 2 }],
  [1, { numPassedTests: 5, numFailedTests: 0, numFailedTestSuites: 1 }, { passed: 5, failed: 1 }],
  [1, { numPassedTests: 5, numFailedTests: 0, numFailedTestSuites: 0 }, { passed: 5, failed: 1 }],
  [0, { numPassedTests: 0, numFailedTests: 0, numFailedTestSuites: 0 }, { passed: 0, failed: 1 }],
])('Vitest ending with %i and %o counts as %o', (exitCode, content, count) => {
  report(content);
  expect(countVitest(exitCode, file)).toEqual(count);
});

test.each([
  [0, { expected: 3, unexpected: 0, flaky: 0 }, [], { passed: 3, failed: 0 }],
  [1, { expected: 3, unexpected: 1, flaky: 1 }, [], { passed: 3, failed: 2 }],
  [1, { expected: 0, unexpected: 0, flaky: 0 }, ['no server'], { passed: 0, failed: 1 }],
])('Playwright ending with %i and %o counts', (exitCode, stats, errors, count) => {
  report({ stats, errors });
  expect(countPlaywright(exitCode, file)).toEqual(count);
});

test('a runner that left no report has failed', () => {
  const missing = join(folder, 'missing.json');
  expect(countVitest(0, missing)).toEqual({ passed: 0, failed: 1 });
  expect(countPlaywright(0, missing)).toEqual({ passed: 0, failed: 1 });
});
