import { defineConfig, devices } from '@playwright/test';
import { findBrowser } from '#scripts/find-browser.ts';

const executablePath = findBrowser();

// One server for the run, started by the global set-up; no retries: a test that needs one is wrong.
export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/e2e/global-setup.ts',
  forbidOnly: true,
  retries: 0,
  workers: 1,
  timeout: 60_000,
  reporter: 'list',
  use: {
    // Set by the global set-up before the tests' processes read this file.
    ...(process.env.WINNOW_E2E_URL ? { baseURL: process.env.WINNOW_E2E_URL } : {}),
    trace: 'retain-on-failure',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  projects: [
    {
      name: 'desktop',
      testIgnore: '**/*.phone.spec.ts',
      use: { ...devices['Desktop Chrome'], viewport: { width: 1280, height: 800 } },
    },
    { name: 'phone', testMatch: '**/*.phone.spec.ts', use: { ...devices['Pixel 7'] } },
  ],
});
