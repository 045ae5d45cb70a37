import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const APPS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The browser for the tests: the system's Chromium or Chrome, else Playwright's own; else none. */
export function findBrowser(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = [
    ...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...APPS,
    chromium.executablePath(),
  ];
  return candidates.find((path) => existsSync(path) && doesRun(path));
}

/** Some systems have a stub in its place that only tells how to install the browser. */
function doesRun(path: string): boolean {
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0;
}

/**
 * Finds the browser, and installs one where there is none: Debian's package as root, Playwright's
 * download otherwise.
 *
 * @throws Error in one sentence when neither can be had.
 */
export function ensureBrowser(): string {
  const found = findBrowser();
  if (found !== undefined) return found;
  console.log('Installing a browser for the tests (once)...');
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    install('apt-get', ['update']);
    install('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium']);
  }
  if (findBrowser() === undefined) {
    install(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium']);
  }
  const installed = findBrowser();
  if (installed !== undefined) return installed;
  throw new Error(
    'The browser tests need Chromium or Chrome, and none could be installed: install one, then run npm test again.',
  );
}

function install(program: string, args: readonly string[]): void {
  spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
}
