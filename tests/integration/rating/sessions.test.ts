import { expect, test } from 'vitest';
import { joinStudy } from '#lib/studies/rating/join-study.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';
import { joinAsRater, type TestRater, voteOn } from '#tests/factories/rater.ts';
import { makeStudy } from '#tests/factories/study.ts';

const platform = await openTestPlatform();
const { database } = platform;
const QUESTION = [{ key: 'q', wording: { en: 'Which looks better?' } }];

const rankingsOf = (studyId: number) =>
  platform.asked.filter(
    ({ name, payload }) =>
      name === 'rank-study' && 'studyId' in payload && payload.studyId === studyId,
  );

async function rate(rater: TestRater, limit = 1000): Promise<string | undefined> {
  for (let count = 0; count < limit; count++) {
    const { assignments, end } = await rater.draw();
    const [next] = assignments;
    if (next === undefined) return end?.reason;
    await rater.vote(voteOn(next));
  }
  return undefined;
}

test('a session ends with its code; the next one starts when asked for, up to the cap', async () => {
  const study = await makeStudy(platform, {
    prompts: 10,
    spec: {
      session: { pairs: 4 },
      maxPairsPerRater: 6,
      completion: { code: 'DONE-42', redirectUrl: 'https://panel.example.org/back' },
    },
  });
  const rater = await joinAsRater(platform, study.joinCode);
  expect(rater.joined.view).toMatchObject({
    session: { wantedPairs: 4, donePairs: 0 },
    end: null,
    nextSessionPairs: 0,
    trained: true,
  });
  expect(await rate(rater)).toBe('session-done');
  const known = rater.joined.proof;
  const ended = await joinStudy(platform, { code: study.joinCode, known });
  expect(ended.proof).toEqual(known);
  expect(ended.view).toMatchObject({
    // What the cap leaves, not the session's whole length.
    nextSessionPairs: 2,
    end: {
      reason: 'session-done',
      code: 'DONE-42',
      redirectUrl: 'https://panel.example.org/back',
    },
  });
  const next = await joinStudy(platform, { code: study.joinCode, known, again: true });
  expect(next.view).toMatchObject({ session: { wantedPairs: 2, donePairs: 0 }, end: null });
  expect(await rate(rater)).toBe('cap-reached');
  const capped = await joinStudy(platform, { code: study.joinCode, known, again: true });
  expect(capped.view).toMatchObject({ nextSessionPairs: 0, end: { reason: 'cap-reached' } });
  expect(await database.assignment.count({ where: { studyId: study.id } })).toBe(6);
});

test('a link leads to the newest revision that takes raters', async () => {
  const study = await makeStudy(platform);
  const rater = await joinAsRater(platform, study.joinCode);
  const { id, joinCode, trialCode } = study;
  const { projectId, spec, slug } = await database.study.findUniqueOrThrow({ where: { id } });
  const revise = (revision: number, state: 'draft' | 'running') =>
    database.study.create({
      data: {
        ...{ projectId, slug, revision, state, joinCode, trialCode },
        kind: 'video',
        title: `Revision ${revision}`,
        spec: spec ?? {},
        seed: 0,
      },
    });
  await revise(2, 'draft');
  const { proof } = rater.joined;
  expect((await joinStudy(platform, { code: joinCode, known: proof })).proof).toEqual(proof);
  const trial = await joinStudy(platform, { code: trialCode, known: null });
  expect(trial.view).toMatchObject({ title: 'Revision 2', trial: true });
  await database.study.update({ where: { id }, data: { state: 'closed' } });
  expect((await joinStudy(platform, { code: joinCode, known: proof })).view.end).toMatchObject({
    reason: 'closed',
  });
  const third = await revise(3, 'running');
  const moved = await joinStudy(platform, { code: joinCode, known: proof });
  expect(moved.proof.studyId).toBe(third.id);
  expect(moved.proof.raterId).not.toBe(proof.raterId);
});

test('an unknown code leads nowhere, a draft is not open', async () => {
  await expect(joinStudy(platform, { code: 'join-nothing', known: null })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  const study = await makeStudy(platform, { state: 'draft' });
  const rater = await joinAsRater(platform, study.joinCode);
  expect(rater.joined.view.end).toMatchObject({ reason: 'not-open' });
  expect(await rater.draw()).toMatchObject({ assignments: [], end: { reason: 'not-open' } });
});

test.each(['draft', 'running'] as const)(
  'a trial of a %s study rates real pairs, and nothing of it counts',
  async (state) => {
    const study = await makeStudy(platform, { state, prompts: 2 });
    const before = await database.cell.findMany({ where: { studyId: study.id } });
    const rater = await joinAsRater(platform, study.trialCode);
    expect(rater.joined.view).toMatchObject({ trial: true, end: null });
    expect(await rate(rater)).toBe('no-work');
    const votes = await database.vote.findMany({ where: { studyId: study.id } });
    expect(votes).toHaveLength(6);
    expect(new Set(votes.map((vote) => vote.comparisonId)).size).toBe(6);
    for (const vote of votes) expect(vote).toMatchObject({ status: 'trial', origin: 'trial' });
    expect(await database.cell.findMany({ where: { studyId: study.id } })).toEqual(before);
    expect(rankingsOf(study.id)).toEqual([]);
  },
);

test('checks come at their shares, are never counted, and look like any other pair', async () => {
  const study = await makeStudy(platform, {
    prompts: 40,
    takes: 2,
    spec: {
      questions: QUESTION,
      session: { pairs: 40 },
      shares: { gold: 0.1, same: 0.05, repeat: 0.1 },
      gold: Array.from({ length: 10 }, (_, index) => ({
        prompt: `prompt-${index}`,
        better: 'two',
        worse: 'one',
      })),
    },
  });
  const rater = await joinAsRater(platform, study.joinCode);
  const shapes = new Set<string>();
  for (;;) {
    const { assignments } = await rater.draw();
    const [next] = assignments;
    if (next === undefined) break;
    shapes.add(JSON.stringify(shapeOf(next)));
    await rater.vote(voteOn(next));
  }
  expect(shapes.size).toBe(1);
  const votes = await database.vote.findMany({ where: { studyId: study.id } });
  const count = (kind: string) => votes.filter((vote) => vote.kind === kind).length;
  expect([count('gold'), count('same'), count('repeat'), count('regular')]).toEqual([4, 2, 4, 30]);
  for (const vote of votes) expect(vote.status).toBe(vote.kind === 'regular' ? 'counted' : 'check');
  for (const repeat of votes.filter((vote) => vote.kind === 'repeat')) {
    const first = votes.find(
      (vote) =>
        vote.kind === 'regular' &&
        vote.promptId === repeat.promptId &&
        vote.leftArmId === repeat.rightArmId &&
        vote.rightArmId === repeat.leftArmId,
    );
    expect(first, 'the same comparison with swapped sides').toBeDefined();
  }
  const cells = await database.cell.aggregate({
    where: { studyId: study.id },
    _sum: { counted: true, load: true },
  });
  expect(cells._sum).toEqual({ counted: 30, load: 30 });
});

/** The types of everything in a view, without its values. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shapeOf(each)]));
  return typeof value;
}

test('training is shown with its answers until it is finished', async () => {
  const study = await makeStudy(platform, {
    spec: {
      questions: [
        {
          ...QUESTION[0],
          key: 'q',
          wording: { en: 'Better?' },
          examples: [
            {
              prompt: 'prompt-1',
              left: 'one',
              right: 'two',
              expected: 'right',
              explanation: { en: 'It is sharper.' },
            },
          ],
        },
      ],
    },
  });
  const rater = await joinAsRater(platform, study.joinCode);
  expect(rater.joined.view).toMatchObject({
    trained: false,
    training: [
      { question: 0, expected: 'right', prompt: { text: 'A thing does something, number 1.' } },
    ],
  });
  await rater.finishTraining();
  const back = await joinStudy(platform, { code: study.joinCode, known: rater.joined.proof });
  expect(back.view.trained).toBe(true);
  expect(back.view.training).toEqual(rater.joined.view.training);
});

test('votes ask for a ranking, a burst of them once', async () => {
  const study = await makeStudy(platform, { prompts: 10 });
  await rate(await joinAsRater(platform, study.joinCode), 6);
  expect(rankingsOf(study.id)).toHaveLength(1);
});
