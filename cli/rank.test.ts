import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import cems from '#tests/golden/cems/reference.json' with { type: 'json' };

const run = promisify(execFile);
let folder = '';
let file = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-rank-'));
  file = join(folder, 'schools.csv');
  const rows = cems.counts.flatMap(([first, second, ...counts]) =>
    ['win1', 'win2', 'tie'].flatMap((word, o) =>
      Array.from({ length: Number(counts[o]) }, () => `${first},${second},${word}`),
    ),
  );
  await writeFile(file, `school1,school2,outcome\n${rows.join('\n')}\n`);
});
afterAll(() => rm(folder, { recursive: true }));

const MAPPED = [
  '--columns',
  'a=school1,b=school2,winner=outcome',
  '--values',
  'left=win1,right=win2,tie=tie',
];

/** What the command printed and its exit status, without database or server. */
async function winnow(...args: string[]) {
  const env = { PATH: process.env.PATH, NODE_ENV: 'test' as const };
  const done = run(process.execPath, ['cli/main.ts', ...args], { env });
  return done.then(
    ({ stdout, stderr }) => ({ stdout, stderr, status: 0 }),
    ({ stdout, stderr, code }) => ({ stdout, stderr, status: Number(code) }),
  );
}

test('JSON: the Davidson fit of the schools', async () => {
  const { stdout, status } = await winnow('rank', file, ...MAPPED, '--json');
  expect(status).toBe(0);
  const ranking = JSON.parse(stdout);
  expect(ranking).toMatchObject({ method: 'davidson', seed: 0, votes: 4454, skippedRows: 0 });
  expect(ranking.tieParameter).toBeCloseTo(cems.davidson.nu, 7);
  for (const arm of ranking.arms) {
    const i = cems.items.indexOf(arm.name);
    expect(arm.theta).toBeCloseTo(cems.davidson.theta_centered[i] as number, 7);
    expect(arm.se).toBeCloseTo(cems.davidson.se_hc0[i] as number, 7);
  }
});

test("JSON: the paper's Elo, its limit and its warnings; the seed decides the digits", async () => {
  const args = ['rank', file, ...MAPPED, '--method', 'elo-paper', '--shuffles', '200', '--json'];
  const { stdout } = await winnow(...args, '--seed', '5');
  const ranking = JSON.parse(stdout);
  expect(ranking.arms[0]).toMatchObject({ name: 'London', theta: null, se: null });
  expect(Object.keys(ranking.arms[0])).toEqual(
    expect.arrayContaining(['mean', 'median', 'q025', 'q975', 'limit']),
  );
  expect(ranking.warnings).toHaveLength(2);
  expect((await winnow(...args, '--seed', '5')).stdout).toBe(stdout);
});

test('contrasts of the levels that are given, with p from z', async () => {
  const levels = 'Barcelona=0,London=0.25,Milano=0.5,Paris=0.75';
  const { stdout } = await winnow('rank', file, ...MAPPED, '--json', '--levels', levels);
  const { arms, vcov, contrasts } = JSON.parse(stdout);
  expect(contrasts.map(({ name }: { name: string }) => name)).toEqual([
    'linear',
    'quadratic',
    'omnibus',
  ]);
  const names = ['Barcelona', 'London', 'Milano', 'Paris'];
  const at = names.map((name) => arms.findIndex((arm: { name: string }) => arm.name === name));
  const c = [-0.375, -0.125, 0.125, 0.375];
  const estimate = c.reduce((sum, x, i) => sum + x * arms[at[i] as number].theta, 0);
  const variance = c.reduce(
    (sum, x, i) =>
      sum + c.reduce((row, y, j) => row + x * y * vcov[at[i] as number][at[j] as number], 0),
    0,
  );
  expect(contrasts[0].estimate).toBeCloseTo(estimate, 10);
  expect(contrasts[0].z).toBeCloseTo(estimate / Math.sqrt(variance), 8);
  expect(contrasts[2]).toMatchObject({ se: null, z: null, df: 3 });
  const text = await winnow('rank', file, ...MAPPED, '--levels', levels);
  expect(text.stdout).toMatch(/omnibus: chi-square [\d.]+ on 3 degrees of freedom, p < 0\.0001/);
});

test('levels that are no number, of no arm or useless are told', async () => {
  const levels = (map: string, ...more: string[]) =>
    winnow('rank', file, ...MAPPED, '--levels', map, ...more);
  expect(await levels('London=much')).toMatchObject({ status: 2, stdout: '' });
  expect((await levels('London=much')).stderr).toContain('"London=much" is not NAME=LEVEL');
  expect((await levels('Lisbon=0')).stderr).toContain('there is no arm "Lisbon"; the arms are');
  expect((await levels('Paris=0,Paris=1')).stderr).toContain('"Paris" is given twice');
  const one = JSON.parse((await levels('Paris=0', '--json')).stdout);
  expect(one.contrasts).toEqual([]);
  expect(one.warnings.map(({ code }: { code: string }) => code)).toEqual(['no-contrasts']);
});

test('the bootstrap, Rao and Kupper, and a file with a header alone', async () => {
  const args = ['--intervals', 'bootstrap', '--replicates', '100', '--method', 'rao-kupper'];
  const ranking = JSON.parse((await winnow('rank', file, ...MAPPED, ...args, '--json')).stdout);
  expect(ranking).toMatchObject({
    method: 'rao-kupper',
    settings: { intervals: 'bootstrap', replicates: 100 },
  });
  expect(ranking.tieParameter).toBeGreaterThan(1);
  const empty = join(folder, 'empty.csv');
  await writeFile(empty, 'model_a,model_b,winner\n');
  for (const intervals of ['two-way', 'rater', 'bootstrap', 'model']) {
    const { stdout, status } = await winnow('rank', empty, '--intervals', intervals, '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ votes: 0, arms: [], contrasts: [] });
  }
  expect((await winnow('rank', empty)).stdout).toContain('There are no votes yet.');
});

test('text: a table, best first', async () => {
  const { stdout } = await winnow('rank', file, ...MAPPED);
  const lines = stdout.split('\n');
  expect(lines[0]).toContain('Davidson: 4454 votes, 6 arms');
  expect(lines[3]).toMatch(/^1 {2}London +1186\.1/);
});

test('bad input is one sentence and exit status 2', async () => {
  const missing = await winnow('rank', join(folder, 'none.csv'));
  expect(missing).toMatchObject({ status: 2, stdout: '' });
  expect(missing.stderr).toMatch(/^winnow: Can't read .*none\.csv: there is no such file\./);
  const unmapped = await winnow('rank', file);
  expect(unmapped.stderr).toContain('found no column "model_a" among "school1"');
  const flag = await winnow('rank', file, '--columns', 'x=y');
  expect(flag.stderr).toContain('"x=y" is not one of a=NAME');
  expect((await winnow('rank', file, '--level', 'much')).status).toBe(2);
  expect((await winnow('rank', file, ...MAPPED, '--intervals', 'rater')).stderr).toContain(
    'need votes that name their rater',
  );
});
