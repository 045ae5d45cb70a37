import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

/** How many checks of one step passed and failed. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numFailedTestSuites: z.number(),
});

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  errors: z.array(z.unknown()),
});

/** A guard is one check: its tool was content or not. */
export function countGuard(exitCode: number): Count {
  return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Counts Vitest's JSON report; a file that could not be loaded is a failure too. */
export function countVitest(exitCode: number, file: string): Count {
  const report = read(file, vitestReport);
  if (report === undefined) return { passed: 0, failed: 1 };
  const failed = report.numFailedTests || report.numFailedTestSuites;
  return settle(exitCode, { passed: report.numPassedTests, failed });
}

/** Counts Playwright's JSON report; a flaky test has failed. */
export function countPlaywright(exitCode: number, file: string): Count {
  const report = read(file, playwrightReport);
  if (report === undefined) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky } = report.stats;
  return settle(exitCode, { passed: expected, failed: unexpected + flaky + report.errors.length });
}

/** A runner that ended badly, or ran nothing, has failed even when its report names no test. */
function settle(exitCode: number, { passed, failed }: Count): Count {
  const isSilentFailure = failed === 0 && (exitCode !== 0 || passed === 0);
  return { passed, failed: isSilentFailure ? 1 : failed };
}

function read<T>(file: string, schema: z.ZodType<T>): T | undefined {
  if (!existsSync(file)) return undefined;
  return schema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
}
