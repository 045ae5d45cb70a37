import { Readable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { seededRandom } from '#lib/core/random.ts';
import { getAnalysis } from '#lib/reports/analysis/get-analysis.ts';
import { getAxisReport } from '#lib/reports/axis-report/get-axis-report.ts';
import { getProjectReport } from '#lib/reports/axis-report/get-project-report.ts';
import { exportVotes } from '#lib/reports/exports/export-votes.ts';
import { rankStudy } from '#lib/reports/snapshots/rank-study.ts';
import { getReport } from '#lib/reports/study-report/get-report.ts';
import { axisContrasts, contrastRows } from '#lib/statistics/axis/contrasts.ts';
import { differencesFrom } from '#lib/statistics/axis/differences.ts';
import { ELO_PER_THETA } from '#lib/statistics/ranking/elo-scale.ts';
import { rankVotes } from '#lib/statistics/ranking/rank.ts';
import { collectVotes, type Outcome } from '#lib/statistics/votes/vote-columns.ts';
import type { StudySpecInput } from '#lib/studies/schema.ts';
import { importScores } from '#lib/studies/scores/import-scores.ts';
import { importVotes } from '#lib/studies/votes/import-votes.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';
import { makeStudy, type TestStudy } from '#tests/factories/study.ts';
import { createTestUser } from '#tests/factories/users.ts';

const platform = await openTestPlatform();
const SYSTEM = { kind: 'system', name: 'test' } as const;

const STRENGTHS: Readonly<Record<string, number>> = {
  all: 0,
  'drop 12.5': 0.4,
  'drop 25': 1.2,
  'drop 50': -0.4,
  'random 25': -0.2,
  'all again': 0,
};
const PROMPTS = Array.from({ length: 16 }, (_, index) => ({
  key: `prompt-${index}`,
  text: `A thing does something, number ${index}.`,
  tags: [index % 2 === 0 ? 'animal' : 'city'],
}));
const AXIS: Partial<StudySpecInput> = {
  axis: { kind: 'removed-fraction', name: 'Motion score' },
  arms: [
    { name: 'all', level: 0, clips: 1000 },
    { name: 'drop 12.5', level: 0.125, clips: 875 },
    { name: 'drop 25', level: 0.25, clips: 750 },
    { name: 'drop 50', level: 0.5, clips: 500 },
    { name: 'random 25', level: 0.25, clips: 750, isControl: true },
    { name: 'all again', replicaOf: 'all' },
  ],
  prompts: PROMPTS,
  questions: [{ key: 'quality', wording: { en: 'Which looks better?' } }],
};

/** Votes as battles: 20 raters, every pair that meets on every prompt. */
function battles(
  names: readonly string[],
  rounds: number,
  meet = (_a: string, _b: string) => true,
) {
  const random = seededRandom(3);
  const lines = ['model_a,model_b,winner,rater,prompt'];
  for (let round = 0; round < rounds; round++)
    for (const prompt of PROMPTS)
      for (const [i, first] of names.entries())
        for (const second of names.slice(i + 1)) {
          if (!meet(first, second)) continue;
          const [a, b] = random.integer(2) === 0 ? [first, second] : [second, first];
          const d = (STRENGTHS[a] ?? 0) - (STRENGTHS[b] ?? 0);
          const [win, loss] = [Math.exp(d / 2), Math.exp(-d / 2)];
          const at = random.next() * (win + loss + 0.4);
          const winner = at < win ? 'model_a' : at < win + loss ? 'model_b' : 'tie';
          lines.push(`${a},${b},${winner},rater ${random.integer(20)},${prompt.key}`);
        }
  return lines.join('\n');
}

async function bring(study: TestStudy, text: string): Promise<void> {
  await importVotes(platform, SYSTEM, {
    ...{ project: study.project, study: study.slug },
    file: { name: 'battles.csv', bytes: Readable.from([Buffer.from(text)]) },
  });
  await rankStudy(platform, study.id);
}

const study = await makeStudy(platform, { spec: AXIS });
const address = { project: study.project, study: study.slug };

test('without votes there is a report without curves', async () => {
  expect(await getAxisReport(platform, SYSTEM, address)).toMatchObject({
    reference: 'all',
    snapshot: null,
    curves: [],
    advice: null,
    isStale: false,
  });
  expect(await getAnalysis(platform, SYSTEM, address)).toMatchObject({
    parts: [],
    isComplete: true,
  });
});

test('the axis report says what a ranking of the exported votes says', async () => {
  await bring(study, battles(Object.keys(STRENGTHS), 5));
  const file = await exportVotes(platform, SYSTEM, { ...address, format: 'csv', all: false });
  const rows: Record<string, string>[] = parse(await file.text(), { columns: true });
  const collector = collectVotes(Object.keys(STRENGTHS));
  for (const row of rows)
    collector.add({
      left: row.model_a ?? '',
      right: row.model_b ?? '',
      outcome: (row.winner === 'model_a'
        ? 'left'
        : row.winner === 'model_b'
          ? 'right'
          : 'tie') satisfies Outcome,
      rater: row.rater ?? null,
      prompt: row.prompt ?? null,
    });
  const ranking = rankVotes(collector.columns(), { method: 'davidson', seed: study.spec.seed });
  expect(ranking.settings.intervals).toBe('two-way');

  const report = await getAxisReport(platform, SYSTEM, address);
  const [curve] = report.curves;
  expect(report.curves).toHaveLength(1);
  expect(report.snapshot).toMatchObject({ votes: rows.length, isNewest: true });
  const levels = new Map([
    ['all', 0],
    ['drop 12.5', 0.125],
    ['drop 25', 0.25],
    ['drop 50', 0.5],
  ]);
  contrastRows(axisContrasts(ranking, levels)).forEach((contrast, place) => {
    const own = curve?.contrasts[place];
    expect(own?.name).toBe(contrast.name);
    expect(own?.estimate).toBeCloseTo(contrast.estimate, 9);
    expect(own?.p).toBeCloseTo(contrast.p ?? Number.NaN, 9);
  });
  for (const one of differencesFrom(ranking, 'all', { seed: study.spec.seed })) {
    const point = curve?.points.find(({ arm }) => arm === one.name);
    expect(point?.difference).toBeCloseTo((one.estimate ?? Number.NaN) * ELO_PER_THETA, 7);
    expect(point?.low).toBeCloseTo((one.low ?? Number.NaN) * ELO_PER_THETA, 7);
    expect(point?.high).toBeCloseTo((one.high ?? Number.NaN) * ELO_PER_THETA, 7);
  }
  expect(curve?.points.map(({ arm, role, kept }) => [arm, role, kept])).toEqual([
    ['all', 'level', 1],
    ['all again', 'replica', 1],
    ['drop 12.5', 'level', 0.875],
    ['drop 25', 'level', 0.75],
    ['random 25', 'control', 0.75],
    ['drop 50', 'level', 0.5],
  ]);
  const chances = curve?.points.map(({ pBest }) => pBest ?? 0) ?? [];
  expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 9);
  const words = curve?.words.map(({ text }) => text) ?? [];
  expect(words.join('\n')).toMatch(
    /^Removing 25 % is better than removing nothing by \d+ Elo, 95 %/m,
  );
  expect(words.join('\n')).toMatch(
    /than the random drop to as many clips \(random 25\) by \d+ Elo/,
  );
  expect(words.join('\n')).toMatch(/^The same checkpoint twice \(all and all again\) differs by/m);
  expect(report.advice?.advice.leading).toBe('drop 25');
});

test('the analysis finds the pair of equal checkpoints, tags, and who weighs how much', async () => {
  const { parts, prompts, exclusions } = await getAnalysis(platform, SYSTEM, address);
  const [part] = parts;
  expect(parts).toHaveLength(1);
  expect(part?.noiseFloor?.pairs).toMatchObject([
    { a: 'all again', b: 'all', why: 'replica', votes: 80 },
  ]);
  expect(part?.tags.map(({ tag, prompts: count }) => [tag, count])).toEqual([
    ['animal', 8],
    ['city', 8],
  ]);
  expect(part?.leaveOneRaterOut).toMatchObject({ count: 20 });
  expect(part?.leaveOneRaterOut?.influential[0]?.name).toMatch(/^r-[0-9a-f]{10}$/);
  expect(part?.leaveOnePromptOut).toMatchObject({ count: 16 });
  expect(part?.promptCount).toBe(16);
  expect(part?.prompts.every(({ votes }) => votes === 75)).toBe(true);
  expect(prompts).toHaveLength(16);
  expect(part?.agreement?.percent?.value).toBeGreaterThan(0.3);
  expect(exclusions).toMatchObject({ share: 0, alarm: null });
});

test('scores of the videos are held against the votes, in a snapshot of their own', async () => {
  const before = await getAnalysis(platform, SYSTEM, address);
  expect(before.parts[0]?.metrics).toEqual([]);
  const lines = ['arm,prompt,clip'];
  for (const [arm, strength] of Object.entries(STRENGTHS))
    for (const { key } of PROMPTS) lines.push(`${arm},${key},${strength}`);
  const scores = () =>
    importScores(platform, SYSTEM, {
      ...address,
      file: { name: 'clip.csv', bytes: Readable.from([Buffer.from(lines.join('\n'))]) },
    });
  expect(await scores()).toEqual({ metrics: ['clip'], scores: 6 * 16 });
  await scores();
  await rankStudy(platform, study.id);
  await rankStudy(platform, study.id);
  const after = await getAnalysis(platform, SYSTEM, address);
  expect(await platform.database.snapshot.count({ where: { studyId: study.id } })).toBe(2);
  const metric = after.parts[0]?.metrics[0];
  expect(metric?.metric).toBe('clip');
  expect(metric?.agreement.low).toBeGreaterThan(0.5);
  expect(metric?.spearman).toBeGreaterThan(0.7);
  expect(metric?.misleads.every(({ comparison }) => comparison !== null)).toBe(true);

  // The first one is frozen.
  const old = await getAnalysis(platform, SYSTEM, {
    ...address,
    snapshot: before.snapshot?.id ?? 0,
  });
  expect(old.parts).toEqual(before.parts);
  expect(old.snapshot?.isNewest).toBe(false);
});

test('the project’s report has the study, and a snapshot of another study is not found', async () => {
  const { axes } = await getProjectReport(platform, SYSTEM, { project: study.project });
  expect(axes).toMatchObject([{ slug: study.slug, reference: 'all', decision: null }]);
  expect(axes[0]?.curves[0]?.points).toHaveLength(6);
  const other = await makeStudy(platform, { spec: AXIS });
  const { snapshot } = await getAxisReport(platform, SYSTEM, address);
  const wrong = { project: other.project, study: other.slug, snapshot: snapshot?.id ?? 0 };
  for (const read of [getAxisReport, getAnalysis, getReport])
    await expect(read(platform, SYSTEM, wrong)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('people outside the project learn nothing, and bring nothing', async () => {
  const { actor } = await createTestUser(platform, 'researcher');
  for (const read of [getAxisReport, getAnalysis])
    await expect(read(platform, actor, address)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(getProjectReport(platform, actor, { project: study.project })).rejects.toMatchObject(
    { code: 'NOT_FOUND' },
  );
  await expect(
    importScores(platform, actor, {
      ...address,
      file: { name: 'clip.csv', bytes: Readable.from([Buffer.from('arm,prompt,x')]) },
    }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('training steps: arms of one step meet, and each step has a lowest series', async () => {
  const names = [1000, 2000].flatMap((step) =>
    ['scratch', 'pretrained', 'merged'].map((series) => ({
      name: `${series} ${step}`,
      ...{ level: step, series },
    })),
  );
  const steps = await makeStudy(platform, {
    spec: { ...AXIS, axis: { kind: 'training-step', name: 'Step' }, arms: names },
  });
  const kinds = await platform.database.comparison.count({ where: { studyId: steps.id } });
  expect(kinds).toBe(PROMPTS.length * 2 * 3);
  const sameStep = (a: string, b: string) => a.split(' ')[1] === b.split(' ')[1];
  await bring(
    steps,
    battles(
      names.map(({ name }) => name),
      2,
      sameStep,
    ),
  );
  const report = await getAxisReport(platform, SYSTEM, {
    project: steps.project,
    study: steps.slug,
  });
  expect(report.curves).toEqual([]);
  expect(report.reference).toBeNull();
  expect(report.steps).toHaveLength(1);
  for (const { step, series, votes } of report.steps[0]?.steps ?? []) {
    expect([1000, 2000]).toContain(step);
    expect(votes).toBe(PROMPTS.length * 3 * 2);
    expect(series.filter(({ isLowest }) => isLowest)).toHaveLength(1);
    expect(series.every(({ gain }) => gain !== null && gain >= 0)).toBe(true);
  }
});
