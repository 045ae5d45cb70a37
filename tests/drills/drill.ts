import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs one requirement test at its stated count. @returns whether it passed. */
export type Drill = () => Promise<boolean>;

/** A test file of `npm test`, run with the variables that raise its counts. */
export async function runTest(
  runner: 'integration' | 'e2e',
  file: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  const args =
    runner === 'integration'
      ? ['node_modules/vitest/vitest.mjs', 'run', '--project', 'integration', file]
      : ['node_modules/@playwright/test/cli.js', 'test', '--project=desktop', file];
  const child = spawn(process.execPath, args, {
    stdio: 'inherit',
    env: { ...process.env, ...variables },
  });
  const [code] = await once(child, 'exit');
  return code === 0;
}
