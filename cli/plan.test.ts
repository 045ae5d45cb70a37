import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);

/** What the command printed and its exit status, without database or server. */
async function plan(...args: string[]) {
  const env = { PATH: process.env.PATH, NODE_ENV: 'test' as const };
  const done = run(process.execPath, ['cli/main.ts', 'plan', ...args], { env });
  return done.then(
    ({ stdout, stderr }) => ({ stdout, stderr, status: 0 }),
    ({ stdout, stderr, code }) => ({ stdout, stderr, status: Number(code) }),
  );
}

const USUAL = ['--arms', '4', '--gap', '20', '--power', '0.8', '--prompts', '64'];

test('says votes, raters, minutes and what it assumes', async () => {
  const { stdout, status } = await plan(...USUAL);
  expect(status).toBe(0);
  expect(stdout).toMatch(/votes a question +7,680 +384 comparisons x 20/);
  expect(stdout).toMatch(/raters +256 +30 pairs each/);
  expect(stdout).toMatch(/minutes of all raters +2,560/);
  expect(stdout).toMatch(/Assumes: .*one look, at the end/);
});

test('JSON: the plan, and the minutes', async () => {
  const { stdout } = await plan(...USUAL, '--ties', '0.2', '--joint', '--seconds', '30', '--json');
  const found = JSON.parse(stdout);
  expect(found).toMatchObject({
    isReachable: true,
    cells: 384,
    secondsPerPair: 30,
    request: { arms: 4, gapElo: 20, tieRate: 0.2, isJoint: true, level: 0.95 },
  });
  expect(found.votes).toBe(found.votesPerCell * 384);
  expect(found.minutes).toBe(found.votes / 2);
});

test('too few prompts is an answer, not an error', async () => {
  const { stdout, status } = await plan(...USUAL, '--prompt-sd', '50');
  expect(status).toBe(0);
  expect(stdout).toMatch(/No number of votes is enough: .* more than \d+ prompts/);
});

test.each([
  [[...USUAL, '--gap', 'wide'], /--gap <elo>.*must be a number/],
  [[...USUAL, '--arms', '1'], /number of arms must be a whole number from 2/],
  [[...USUAL, '--power', '1.2'], /power must be above 1 - level/],
  [[...USUAL, '--seconds', '0'], /--seconds/],
  [['--arms', '4', '--gap', '20'], /--prompts/],
])('refuses %j by name', async (args, message) => {
  const { stderr, status } = await plan(...args);
  expect(status).toBe(2);
  expect(stderr).toMatch(message);
});
