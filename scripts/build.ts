// Makes the production build when it is older than its sources. `node scripts/build.ts`, also used
// by the start and the tests.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { hashSources, isBuildFresh, recordBuild } from './build-freshness.ts';
import { withProgress } from './progress.ts';

/** @throws Error with the builder's own output when the sources don't build. */
export async function ensureBuild(root = process.cwd()): Promise<void> {
  if (isBuildFresh(root)) return;
  await withProgress('Building the pages (once, about 30 s)', () => build(root), { isLong: true });
}

async function build(root: string): Promise<void> {
  const hash = hashSources(root);
  const child = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  const end = () => child.kill();
  process.once('exit', end);
  const [output, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  process.off('exit', end);
  if (code !== 0) throw new Error(`${output}\n${errors}\nThe pages could not be built: see above.`);
  recordBuild(root, hash);
}

if (import.meta.main) {
  await ensureBuild().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
