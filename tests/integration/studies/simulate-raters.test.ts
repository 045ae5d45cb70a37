import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { listComparisons } from '#lib/reports/comparisons/list-comparisons.ts';
import { listStudies } from '#lib/studies/overview/list-studies.ts';
import { leaveStudy } from '#lib/studies/rating/leave-study.ts';
import { setVoteSources } from '#lib/studies/set-vote-sources.ts';
import { simulateRaters } from '#lib/studies/simulation/simulate-raters.ts';
import { truthOfStudy, truthSchema } from '#lib/studies/simulation/truth.ts';
import { parseSpec } from '#lib/studies/spec/parse-spec.ts';
import { expectSoundCells } from '#tests/factories/cells.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';
import { joinAsRater, voteOn } from '#tests/factories/rater.ts';
import { makeStudy } from '#tests/factories/study.ts';

const platform = await openTestPlatform();
const SYSTEM = { kind: 'system', name: 'test' } as const;
const truth = truthSchema.parse({
  questions: {
    'visual-quality': { elo: { one: 0, two: 400, three: -400 }, tie: 0.1 },
    'prompt-following': { elo: { one: 0, two: 0, three: 0 }, tie: 0.5 },
  },
});

test('simulated raters fill a study by its own rules, marked, and the truth shows', async () => {
  const study = await makeStudy(platform, { prompts: 8, spec: { votesPerCell: 4 } });
  const input = { project: study.project, study: study.slug, truth, votes: 150, seed: 5 };
  const done = await simulateRaters(platform, SYSTEM, input);
  // 24 pairs a rater, until it has had every comparison.
  expect(done).toEqual({ votes: 150, raters: 7, isFull: false });
  const votes = await platform.database.vote.findMany({ where: { studyId: study.id } });
  expect(votes).toHaveLength(150);
  for (const vote of votes) expect(vote).toMatchObject({ origin: 'simulated', status: 'counted' });
  const arms = await platform.database.arm.findMany({ where: { studyId: study.id } });
  const best = arms.find((arm) => arm.name === 'two')?.id;
  const wins = votes.filter(
    (vote) =>
      vote.question === 0 &&
      ((vote.leftArmId === best && vote.outcome === 'left') ||
        (vote.rightArmId === best && vote.outcome === 'right')),
  );
  const games = votes.filter(
    (vote) => vote.question === 0 && [vote.leftArmId, vote.rightArmId].includes(best ?? 0),
  );
  expect(wins.length / games.length).toBeGreaterThan(0.75);
  await expectSoundCells(platform, study.id);
  await expect(simulateRaters(platform, SYSTEM, input)).rejects.toMatchObject({
    data: { reason: 'seed-used' },
  });
  const rest = await simulateRaters(platform, SYSTEM, { ...input, votes: 1000, seed: 6 });
  expect(rest).toMatchObject({ votes: 42, isFull: true });
});

test('only a running study takes them', async () => {
  const study = await makeStudy(platform, { state: 'draft' });
  await expect(
    simulateRaters(platform, SYSTEM, {
      ...{ project: study.project, study: study.slug, truth, votes: 1, seed: 1 },
    }),
  ).rejects.toMatchObject({ data: { reason: 'not-running' } });
});

test('the truth of the demo fits its study', () => {
  const spec = parseSpec(readFileSync('examples/demo/study.yaml', 'utf8'));
  const stated = truthSchema.parse(parse(readFileSync('examples/demo/truth.yaml', 'utf8')));
  expect(truthOfStudy(stated, spec)).toHaveLength(spec.questions.length);
});

test('left out, simulated votes make room for people; taken in again, they fill it', async () => {
  const study = await makeStudy(platform, {
    prompts: 2,
    spec: { votesPerCell: 2, questionMode: 'all' },
  });
  const address = { project: study.project, study: study.slug };
  const rater = await joinAsRater(platform, study.joinCode);
  const [pair, preloaded] = (await rater.draw()).assignments;
  if (pair === undefined || preloaded === undefined) throw new Error('too little was drawn');
  for (const question of pair.questions) await rater.vote(voteOn(pair, { question }));
  // One vote is taken back, and its pair stays open with one question answered.
  await rater.vote(voteOn(preloaded));
  const { assignment } = await rater.undo(voteOn(preloaded));
  await rater.vote(voteOn(assignment, { question: 1 }));
  await simulateRaters(platform, SYSTEM, { ...address, truth, votes: 1000, seed: 1 });
  const before = await expectSoundCells(platform, study.id);
  const cells = () =>
    platform.database.cell.findMany({ where: { studyId: study.id }, orderBy: { id: 'asc' } });
  const full = await cells();

  await setVoteSources(platform, SYSTEM, { ...address, simulated: false });
  const counted = (await cells()).reduce((sum, cell) => sum + cell.counted, 0);
  const people = await platform.database.vote.count({
    where: { studyId: study.id, origin: 'link', status: 'counted' },
  });
  const retracted = await platform.database.retraction.count({ where: { studyId: study.id } });
  expect(counted).toBe(people - retracted);
  // What is left out is counted on no page.
  const { comparisons } = await listComparisons(platform, SYSTEM, { ...address, page: 1 });
  const shown = comparisons.flatMap(({ counts }) => counts);
  expect(shown.reduce((sum, { aWins, bWins, ties }) => sum + aWins + bWins + ties, 0)).toBe(
    counted,
  );
  const list = { project: study.project, archived: false };
  expect((await listStudies(platform, SYSTEM, list)).studies[0]).toMatchObject({
    counted,
    countsSimulated: false,
  });
  expect((await (await joinAsRater(platform, study.joinCode)).draw()).assignments).toHaveLength(2);
  await expect(
    simulateRaters(platform, SYSTEM, { ...address, truth, votes: 1, seed: 2 }),
  ).rejects.toMatchObject({ data: { reason: 'simulated-left-out' } });

  const raters = await platform.database.rater.findMany({ where: { studyId: study.id } });
  for (const { id: raterId, origin } of raters)
    if (origin === 'link' && raterId !== rater.actor.raterId)
      await leaveStudy(
        platform,
        { kind: 'rater', raterId, studyId: study.id },
        { code: study.joinCode },
      );
  await setVoteSources(platform, SYSTEM, { ...address, simulated: true });
  expect(await cells()).toEqual(full);
  expect(await expectSoundCells(platform, study.id)).toEqual(before);
});
