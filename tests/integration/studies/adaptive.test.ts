import { expect, test } from 'vitest';
import { exportVotes } from '#lib/reports/exports/export-votes.ts';
import { rankQuestions } from '#lib/statistics/ranking/rank.ts';
import { adaptiveQuery } from '#lib/studies/rating/pick-adaptive.ts';
import { simulateRaters } from '#lib/studies/simulation/simulate-raters.ts';
import { truthSchema } from '#lib/studies/simulation/truth.ts';
import { readRankedVotes, takeWatermark } from '#lib/studies/votes/ranked-votes.ts';
import { watchStudy } from '#lib/studies/watch/watch-study.ts';
import { expectSoundCells } from '#tests/factories/cells.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';
import { joinAsRater, voteOn } from '#tests/factories/rater.ts';
import { makeStudy } from '#tests/factories/study.ts';

const platform = await openTestPlatform();
const { database } = platform;
const SYSTEM = { kind: 'system', name: 'test' } as const;
const ARMS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
/** Widely spread but for two at the top, which are worth most votes. */
const ELO = [-300, -200, -100, 0, 100, 200, 300, 330];
const PAIRS = (ARMS.length * (ARMS.length - 1)) / 2;
const truth = truthSchema.parse({
  questions: {
    quality: { elo: Object.fromEntries(ARMS.map((arm, i) => [arm, ELO[i]])), tie: 0.2 },
  },
});
const QUESTIONS = [{ key: 'quality', wording: { en: 'Which is better?' } }];

test('an adaptive study draws what teaches most, records each chance and finds the truth', async () => {
  const study = await makeStudy(platform, {
    arms: ARMS,
    prompts: 20,
    spec: { pairChoice: 'adaptive', votesPerCell: 6, questions: QUESTIONS, session: { pairs: 20 } },
  });
  const address = { project: study.project, study: study.slug };
  for (let batch = 0; batch < 8; batch++) {
    await simulateRaters(platform, SYSTEM, { ...address, truth, votes: 100, seed: batch });
    await watchStudy(platform, study.id);
    const chances = await database.pairChance.findMany({ where: { studyId: study.id } });
    expect(chances).toHaveLength(PAIRS);
    expect(chances.reduce((sum, { chance }) => sum + chance, 0)).toBeCloseTo(1, 9);
    for (const { chance } of chances) expect(chance).toBeGreaterThanOrEqual(0.2 / PAIRS - 1e-12);
  }
  await expectSoundCells(platform, study.id);
  const assignments = await database.assignment.findMany({
    where: { studyId: study.id, state: 'done' },
    include: { comparison: true },
    orderBy: { leasedAt: 'asc' },
  });
  for (const { propensity } of assignments) {
    expect(propensity).toBeGreaterThan(0);
    expect(propensity).toBeLessThanOrEqual(1);
  }
  // Before the first look all pairs are alike.
  for (const { propensity } of assignments.slice(0, 100))
    expect(propensity).toBeCloseTo(1 / PAIRS, 9);
  // Of an event of chance p, one over p drawn as often as it is drawn sums to the number of draws.
  const later = assignments.slice(100);
  const inverse = later.reduce((sum, { propensity }) => sum + 1 / propensity, 0);
  expect(inverse / later.length / PAIRS).toBeGreaterThan(0.8);
  expect(inverse / later.length / PAIRS).toBeLessThan(1.2);

  const arms = await database.arm.findMany({
    where: { studyId: study.id },
    orderBy: { position: 'asc' },
  });
  const idOf = new Map(arms.map(({ name, id }) => [name, id]));
  const drawn = (a: string, b: string) =>
    assignments.filter(
      ({ comparison }) => comparison.armAId === idOf.get(a) && comparison.armBId === idOf.get(b),
    ).length;
  expect(drawn('g', 'h')).toBeGreaterThan(drawn('a', 'h'));

  const columns = await readRankedVotes(
    database,
    study.id,
    1,
    new Map(arms.map(({ id, name }) => [id, name])),
    await takeWatermark(database, study.id),
    { simulated: false, imported: false },
  );
  expect(columns[0]?.weight).toHaveLength(800);
  const exported = await exportVotes(platform, SYSTEM, { ...address, format: 'jsonl', all: false });
  const lines = (await exported.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toHaveLength(800);
  expect(lines.reduce((sum, { propensity }) => sum + 1 / propensity, 0)).toBeCloseTo(
    assignments.reduce((sum, { propensity }) => sum + 1 / propensity, 0),
    6,
  );
  const ranking = rankQuestions(columns);
  const mean = ELO.reduce((sum, elo) => sum + elo, 0) / ELO.length;
  for (const { name, elo, eloLow, eloHigh } of ranking.arms) {
    const expected = 1000 + (ELO[ARMS.indexOf(name)] ?? 0) - mean;
    const se = ((eloHigh ?? 0) - (eloLow ?? 0)) / 4;
    expect(Math.abs(elo - expected) / se, name).toBeLessThan(4);
  }
});

test('a pair without an open cell drops out, and the others share its chance', async () => {
  const study = await makeStudy(platform, {
    arms: ARMS.slice(0, 7),
    prompts: 2,
    spec: { pairChoice: 'adaptive', votesPerCell: 1, questions: QUESTIONS, session: { pairs: 60 } },
  });
  const rater = await joinAsRater(platform, study.joinCode);
  for (let answered = 0; answered < 42; answered++) {
    const [next] = (await rater.draw()).assignments;
    if (next === undefined) throw new Error(`nothing was drawn after ${answered}`);
    await rater.vote(voteOn(next));
  }
  expect(await rater.draw()).toMatchObject({ assignments: [], end: { reason: 'no-work' } });
  const assignments = await database.assignment.findMany({
    where: { studyId: study.id },
    orderBy: { pairNumber: 'asc' },
  });
  expect(assignments).toHaveLength(42);
  expect(assignments[0]?.propensity).toBeCloseTo(1 / 21, 9);
  expect(assignments.at(-1)?.propensity).toBe(1);
  for (const [index, { propensity }] of assignments.entries()) {
    const open = 1 / propensity;
    expect(Math.abs(open - Math.round(open))).toBeLessThan(1e-6);
    // Each pair has two cells, so that at least half of what is left is a pair of its own.
    expect(open).toBeGreaterThanOrEqual((42 - index) / 2 - 1e-6);
  }
  await expectSoundCells(platform, study.id);
});

test('raters who draw at the same time get different cells or wait, and none is lent twice', async () => {
  const study = await makeStudy(platform, {
    arms: ARMS.slice(0, 7),
    prompts: 3,
    spec: { pairChoice: 'adaptive', votesPerCell: 2, questions: QUESTIONS, session: { pairs: 10 } },
  });
  const raters = await Promise.all(
    Array.from({ length: 8 }, () => joinAsRater(platform, study.joinCode)),
  );
  await Promise.all(
    raters.map(async (rater) => {
      for (let answered = 0; answered < 10; answered++) {
        const [next] = (await rater.draw()).assignments;
        if (next !== undefined) await rater.vote(voteOn(next));
      }
    }),
  );
  const cells = await expectSoundCells(platform, study.id);
  expect(cells.reduce((sum, cell) => sum + cell.counted, 0)).toBe(80);
});

test('a draw walks the index of open cells, in an adaptive study alone', async () => {
  const study = await makeStudy(platform, {
    arms: ARMS,
    prompts: 200,
    spec: { pairChoice: 'adaptive', questions: QUESTIONS },
  });
  const balanced = await makeStudy(platform, { prompts: 2 });
  const rater = await joinAsRater(platform, study.joinCode);
  await rater.draw();
  await database.$executeRaw`analyze cell`;
  const query = adaptiveQuery(
    {
      studyId: study.id,
      raterId: rater.actor.raterId,
      coin: 7,
      questionMode: 'one',
      questions: [0],
      mostWanted: 3,
    },
    false,
  );
  const [row] = await database.$queryRaw<{ 'QUERY PLAN': unknown }[]>`
    explain (analyze, buffers, format json) ${query}`;
  const plan = JSON.stringify(row);
  expect(plan.match(/cell_open_of_pair/g)?.length).toBe(2);
  expect(plan).not.toMatch(/"Seq Scan"[^{}]*"Relation Name":"cell"/);
  expect(
    await database.cell.count({ where: { studyId: balanced.id, armAId: { not: null } } }),
  ).toBe(0);
});
