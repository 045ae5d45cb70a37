import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { importVotes } from '#lib/studies/votes/import-votes.ts';
import { apiOf } from '#tests/factories/api.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';
import { makeStudy, type TestStudy } from '#tests/factories/study.ts';

const platform = await openTestPlatform();
const { database } = platform;
const SYSTEM = { kind: 'system', name: 'test' } as const;
const BATTLES = [
  { model_a: 'one', model_b: 'two', winner: 'model_b', rater: 'ada', prompt: 'prompt-1' },
  {
    model_a: 'two',
    model_b: 'three',
    winner: 'tie',
    rater: 'ada',
    prompt: 'A thing does something, number 2.',
  },
  { model_a: 'three', model_b: 'one', winner: 'tie (bothbad)', prompt: 'elsewhere' },
  { model_a: 'one', model_b: 'two', winner: 'model_a' },
];
const JSONL = BATTLES.map((battle) => JSON.stringify(battle)).join('\n');

const bring = (
  study: TestStudy,
  text: string,
  name = 'battles.jsonl',
  question = 'visual-quality',
) =>
  importVotes(platform, SYSTEM, {
    ...{ project: study.project, study: study.slug, question },
    file: { name, bytes: Readable.from([Buffer.from(text)]) },
  });

test('battles become votes that are marked as imported, once', async () => {
  const study = await makeStudy(platform);
  expect(await bring(study, JSONL)).toEqual({ votes: 4, imported: 4 });
  expect(await bring(study, JSONL)).toEqual({ votes: 4, imported: 0 });
  const votes = await database.vote.findMany({
    where: { studyId: study.id },
    orderBy: { seq: 'asc' },
  });
  const arms = await database.arm.findMany({ where: { studyId: study.id } });
  const nameOf = (id: number) => arms.find((arm) => arm.id === id)?.name;
  expect(
    votes.map((vote) => [nameOf(vote.leftArmId), nameOf(vote.rightArmId), vote.outcome]),
  ).toEqual([
    ['one', 'two', 'right'],
    ['two', 'three', 'tie'],
    ['three', 'one', 'tie'],
    ['one', 'two', 'left'],
  ]);
  for (const vote of votes)
    expect(vote).toMatchObject({
      origin: 'imported',
      status: 'counted',
      question: 0,
      kind: 'regular',
    });
  expect(new Set(votes.map((vote) => vote.raterId)).size).toBe(3);
  expect(votes.map((vote) => vote.promptId !== null)).toEqual([true, true, false, false]);
  const filled = await database.cell.aggregate({
    where: { studyId: study.id },
    _sum: { load: true },
  });
  expect(filled._sum.load).toBe(0);
  expect(await bring(study, JSONL, 'again.jsonl', 'prompt-following')).toMatchObject({
    imported: 4,
  });
});

test('an unknown arm refuses the whole file and names its line', async () => {
  const study = await makeStudy(platform);
  const csv = 'model_a,model_b,winner\none,two,model_a\none,four,model_b\n';
  await expect(bring(study, csv, 'votes.csv')).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message:
      'votes.csv, line 3, column "model_b": found "four"; expected one of "one", "two", "three".',
  });
  expect(await database.vote.count({ where: { studyId: study.id } })).toBe(0);
});

test('a question has to be named where there are several, and a draft takes none', async () => {
  const study = await makeStudy(platform);
  await expect(
    importVotes(platform, SYSTEM, {
      ...{ project: study.project, study: study.slug },
      file: { name: 'x.jsonl', bytes: Readable.from([Buffer.from(JSONL)]) },
    }),
  ).rejects.toMatchObject({ data: { reason: 'question' } });
  const draft = await makeStudy(platform, { state: 'draft' });
  await expect(bring(draft, JSONL)).rejects.toMatchObject({ data: { reason: 'draft' } });
});

test('nobody imports votes without a right to the project', async () => {
  const study = await makeStudy(platform);
  const call = apiOf(platform);
  const path = `/projects/${study.project}/studies/${study.slug}/imported-votes`;
  expect((await call('POST', path, { body: {} })).status).toBe(401);
});
