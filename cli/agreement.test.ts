import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import codings from '#tests/golden/krippendorff_codings/reference.json' with { type: 'json' };

const run = promisify(execFile);
let folder = '';
let truth = '';
let votes = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-raters-'));
  truth = join(folder, 'truth.yaml');
  votes = join(folder, 'votes.csv');
  await writeFile(
    truth,
    `questions:
  look: { elo: { a: 0, b: 250, c: 400 }, tie: 0.3 }
  text: { elo: { a: 0, b: 20, c: 0 }, tie: 0.3 }
careless: { leftOnly: 0.1 }
`,
  );
});
afterAll(() => rm(folder, { recursive: true }));

/** What the command printed and its exit status, without database or server. */
async function winnow(...args: string[]) {
  const env = { PATH: process.env.PATH, NODE_ENV: 'test' as const };
  const done = run(process.execPath, ['cli/main.ts', ...args], { env });
  return done.then(
    ({ stdout, stderr }) => ({ stdout, stderr, status: 0 }),
    ({ stdout, stderr, code }) => ({ stdout, stderr, status: Number(code) }),
  );
}

test('simulate makes a vote file that rank, agreement and raters read', async () => {
  const made = await winnow('simulate', '--truth', truth, '--votes', '1200', '--out', votes);
  expect(made).toMatchObject({ status: 0, stdout: expect.stringContaining('1200 votes by 20') });
  const again = await winnow('simulate', '--truth', truth, '--votes', '1200');
  expect(again.stdout).toBe(await readFile(votes, 'utf8'));

  const ranking = JSON.parse((await winnow('rank', votes, '--json')).stdout);
  expect(ranking).toMatchObject({ votes: 1200, settings: { intervals: 'two-way' } });

  const agreement = JSON.parse((await winnow('agreement', votes, '--json')).stdout);
  expect(agreement).toMatchObject({ units: 384, ratings: 1200, raters: 20, questions: 2 });
  expect(agreement.krippendorffNominal.low).toBeLessThan(agreement.krippendorffNominal.value);
  expect(agreement.gwetAC1.se).toBeGreaterThan(0);

  const { raters } = JSON.parse((await winnow('raters', votes, '--json')).stdout);
  const leftOnly = raters.filter(
    ({ sideBias }: { sideBias: { left: number } }) => sideBias.left === 60,
  );
  expect(leftOnly.length).toBeGreaterThan(0);
  for (const { flags } of leftOnly) {
    const codes = flags.map(({ code }: { code: string }) => code);
    expect(codes).toEqual(['side-only', 'fast', 'unwatched']);
  }
  const text = await winnow('raters', votes);
  expect(text.stdout).toContain('60 of 60 votes are for the left side');
});

test('one question alone, without ties', async () => {
  const args = ['simulate', '--truth', truth, '--votes', '30', '--question', 'look', '--no-ties'];
  const { stdout } = await winnow(...args);
  const rows = stdout.trim().split('\r\n').slice(1);
  expect(rows).toHaveLength(30);
  expect(rows.every((row: string) => row.includes(',look,') && !row.includes(',tie,'))).toBe(true);
  const unknown = await winnow('simulate', '--truth', truth, '--votes', '3', '--question', 'x');
  expect(unknown).toMatchObject({ status: 2, stdout: '' });
  expect(unknown.stderr).toContain('no question "x"; it has "look", "text"');
});

test('agreement of a table of ratings, either way round', async () => {
  const rows = join(folder, 'units.csv');
  const coders = join(folder, 'coders.csv');
  const cell = (value: number | null | undefined) => value ?? '';
  const lines = codings.units.map((unit) => unit.map(cell).join(','));
  await writeFile(rows, `r1,r2,r3,r4\n${lines.join('\n')}\n`);
  const turned = [0, 1, 2, 3].map((c) => codings.units.map((unit) => cell(unit[c])).join(','));
  await writeFile(coders, `${turned.join('\n')}\n`);
  const first = JSON.parse((await winnow('agreement', rows, '--matrix', '--json')).stdout);
  expect(first.krippendorffNominal.value).toBeCloseTo(codings.nominal, 9);
  expect(first.krippendorffOrdinal.value).toBeCloseTo(codings.ordinal, 9);
  expect(first).toMatchObject({ raters: 4, units: 12, ratings: 41, missing: 7 });
  const args = ['agreement', coders, '--matrix', '--coders', 'rows', '--json'];
  expect(JSON.parse((await winnow(...args)).stdout)).toEqual(first);
});

test('a file without raters has none to look at', async () => {
  const file = join(folder, 'plain.csv');
  await writeFile(file, 'model_a,model_b,winner\na,b,model_a\n');
  const done = await winnow('raters', file);
  expect(done.status).toBe(2);
  expect(done.stderr).toContain('no vote names its rater');
  expect((await winnow('agreement', file)).stdout).toContain('1 ratings of 1 units by 0 raters');
});
