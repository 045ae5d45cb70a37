import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';

const run = promisify(execFile);
const GOLDEN = 'tests/golden/pyscenedetect';
const folder = mkdtempSync(join(tmpdir(), 'winnow-scenes-cli-'));

afterAll(() => rmSync(folder, { recursive: true }));

async function scenes(...args: string[]) {
  const env = { PATH: process.env.PATH, NODE_ENV: 'test' as const };
  const done = run(process.execPath, ['cli/main.ts', 'scenes', ...args], { env });
  return done.then(
    ({ stdout, stderr }) => ({ stdout, stderr, status: 0 }),
    ({ stdout, stderr, code }) => ({ stdout, stderr, status: Number(code) }),
  );
}

test('prints the scene list and writes statistics and list as PySceneDetect does', async () => {
  const stats = join(folder, 'stats.csv');
  const csv = join(folder, 'scenes.csv');
  const flags = ['--threshold', '27', '--min-scene-len', '15', '--stats', stats, '--csv', csv];
  const { stdout, status } = await scenes(`${GOLDEN}/cuts.mp4`, ...flags);
  expect(status).toBe(0);
  expect(stdout).toContain(
    ' |      2  |          21 | 00:00:00.833 |          40 | 00:00:01.667 |\n',
  );
  const golden = (name: string) => readFileSync(`${GOLDEN}/cuts.mp4.content.${name}.csv`, 'utf8');
  expect(readFileSync(stats, 'utf8')).toBe(golden('stats'));
  expect(readFileSync(csv, 'utf8')).toBe(golden('scenes'));
});

test('JSON, and clips in a folder', async () => {
  const out = join(folder, 'clips');
  const { stdout } = await scenes(`${GOLDEN}/cuts.mp4`, '--clips', out, '--json');
  const { clips, stats } = JSON.parse(stdout);
  expect(clips[0]).toMatchObject({ startFrame: 0, endFrame: 20, dropped: 'too-short' });
  expect(stats).toMatchObject({ cuts: 7, written: 0 });
  expect(readdirSync(out)).toEqual([]);
});

test('says what is wrong', async () => {
  const bad = await scenes('package.json');
  expect(bad.status).toBe(2);
  expect(bad.stderr).toContain('winnow: The file is text, not a video.');
  const wrong = await scenes(`${GOLDEN}/cuts.mp4`, '--threshold', '300');
  expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining('threshold')]);
});
