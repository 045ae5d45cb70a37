import { defineConfig } from 'vitest/config';

// Unit tests run in an odd time zone, so that a missing zone fails.
process.env.TZ = 'Asia/Kathmandu';
process.env.LOG_LEVEL ??= 'warn';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{lib,cli,workers,components,app,scripts,examples}/**/*.test.{ts,tsx}',
            'tests/architecture/**/*.test.ts',
          ],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          globalSetup: ['tests/integration/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
