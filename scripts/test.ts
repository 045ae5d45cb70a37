// npm test: every guard and every test, one step after the other; a failed step does not keep the
// later ones from running. `npm test -- lint unit` runs the named steps only. The last line, "N passed, N failed", is for whoever reads a log.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './find-browser.ts';
import { type Count, countGuard, countPlaywright, countVitest } from './test-results.ts';

const REPORTS = '.cache/test-results';

interface Step {
  readonly name: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** A step whose failure makes this one pointless. */
  readonly needs?: string;
  readonly prepare?: () => void;
  count(exitCode: number): Count;
}

const bin = (path: string) => join('node_modules', path);

/** The command of a package.json script, so that each tool's options stand in one place. */
function script(name: string): string[] {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const [tool, ...args] = String(scripts[name]).split(' ');
  const program = PROGRAMS[String(tool)];
  return program === undefined ? args : [bin(program), ...args];
}

const PROGRAMS: Readonly<Record<string, string>> = {
  biome: '@biomejs/biome/bin/biome',
  tsc: 'typescript/bin/tsc',
  depcruise: 'dependency-cruiser/bin/dependency-cruiser.mjs',
  knip: 'knip/bin/knip.js',
  vitest: 'vitest/vitest.mjs',
  playwright: '@playwright/test/cli.js',
};

const guard = (name: string, args: readonly string[]): Step => ({ name, args, count: countGuard });

function vitest(name: string): Step {
  const file = join(REPORTS, `${name}.json`);
  const args = [...script(name), '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`];
  return { name, args, count: (exitCode) => countVitest(exitCode, file) };
}

const e2eReport = join(REPORTS, 'e2e.json');
const steps: readonly Step[] = [
  guard('format', [bin('@biomejs/biome/bin/biome'), 'format', '.']),
  guard('lint', script('lint')),
  guard('types', script('types')),
  guard('boundaries', script('boundaries')),
  guard('dead-code', script('dead-code')),
  vitest('unit'),
  vitest('integration'),
  guard('build', script('build')),
  {
    name: 'e2e',
    args: [...script('e2e'), '--reporter=dot,json'],
    environment: { PLAYWRIGHT_JSON_OUTPUT_NAME: e2eReport },
    needs: 'build',
    prepare: ensureBrowser,
    count: (exitCode) => countPlaywright(exitCode, e2eReport),
  },
];

rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });
const results = new Map<string, Count>();
const chosen = process.argv.slice(2);
for (const step of steps) {
  if (chosen.length > 0 && !chosen.includes(step.name)) continue;
  const start = Date.now();
  const count = await runStep(step);
  results.set(step.name, count);
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  console.log(`${count.failed === 0 ? 'ok  ' : 'FAIL'} ${step.name} (${seconds} s)`);
}

const sum = (key: keyof Count) =>
  [...results.values()].reduce((total, count) => total + count[key], 0);
const failedSteps = [...results].filter(([, { failed }]) => failed > 0).map(([name]) => name);
if (failedSteps.length > 0)
  console.log(`\nFailed: ${failedSteps.join(', ')} (their reasons stand above)`);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = failedSteps.length > 0 ? 1 : 0;

async function runStep({ args, environment, needs, prepare, count }: Step): Promise<Count> {
  if (needs !== undefined && (results.get(needs)?.failed ?? 0) > 0) {
    console.log(`Not run, since ${needs} failed.`);
    return { passed: 0, failed: 1 };
  }
  try {
    prepare?.();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  }
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment },
  });
  const [exitCode] = await once(child, 'close');
  return count(Number(exitCode ?? 1));
}
