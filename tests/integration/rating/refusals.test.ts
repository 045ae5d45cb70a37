import { randomUUID } from 'node:crypto';
import pino from 'pino';
import { expect, test } from 'vitest';
import { castVote } from '#lib/studies/rating/cast-vote.ts';
import { drawAssignments } from '#lib/studies/rating/draw-assignment.ts';
import { expireLeases } from '#lib/studies/rating/expire-leases.ts';
import { reportBroken } from '#lib/studies/rating/report-broken.ts';
import type { AssignmentView } from '#lib/studies/rating/schema.ts';
import { expectSoundCells } from '#tests/factories/cells.ts';
import { makeClock } from '#tests/factories/clock.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';
import { joinAsRater, type TestRater, voteOn } from '#tests/factories/rater.ts';
import { makeStudy } from '#tests/factories/study.ts';

const lines: Record<string, unknown>[] = [];
const clock = makeClock();
const log = pino({ level: 'warn' }, { write: (line: string) => lines.push(JSON.parse(line)) });
const platform = await openTestPlatform({ clock, log });
const { database } = platform;

async function firstPair(rater: TestRater): Promise<AssignmentView> {
  const [pair] = (await rater.draw()).assignments;
  if (pair === undefined) throw new Error('nothing was drawn');
  return pair;
}

const votesOf = (studyId: number) => database.vote.findMany({ where: { studyId } });
const raterOf = (rater: TestRater) =>
  database.rater.findUniqueOrThrow({ where: { id: rater.actor.raterId } });

test("V3: a forged assignment and another's are refused alike, and logged", async () => {
  const study = await makeStudy(platform);
  const owner = await joinAsRater(platform, study.joinCode);
  const thief = await joinAsRater(platform, study.joinCode);
  const pair = await firstPair(owner);
  const logged = lines.length;
  const refusal = { code: 'NOT_FOUND', data: { reason: 'unknown-assignment' } };
  await expect(thief.vote(voteOn(pair))).rejects.toMatchObject(refusal);
  await expect(owner.vote(voteOn({ ...pair, id: randomUUID() }))).rejects.toMatchObject(refusal);
  expect(lines.slice(logged)).toEqual([
    expect.objectContaining({ reason: 'unknown-assignment', raterId: thief.actor.raterId }),
    expect.objectContaining({ reason: 'unknown-assignment', raterId: owner.actor.raterId }),
  ]);
  expect(await votesOf(study.id)).toEqual([]);
});

test('V3: nobody, a stranger to the study and a person with an account are no raters', async () => {
  const study = await makeStudy(platform);
  const other = await makeStudy(platform);
  const rater = await joinAsRater(platform, study.joinCode);
  const pair = await firstPair(rater);
  const vote = { ...voteOn(pair), code: study.joinCode };
  const stranger = await joinAsRater(platform, other.joinCode);
  for (const actor of [
    { kind: 'anonymous' as const },
    { kind: 'user' as const, userId: randomUUID(), role: 'admin' as const },
    stranger.actor,
    { ...rater.actor, studyId: other.id },
    { ...rater.actor, raterId: randomUUID() },
  ])
    await expect(castVote(platform, actor, vote)).rejects.toMatchObject({
      code: expect.stringMatching(/^(UNAUTHENTICATED|FORBIDDEN)$/),
    });
  expect(await votesOf(study.id)).toEqual([]);
});

test('V3: a replayed vote gets the first receipt, also after the close', async () => {
  const study = await makeStudy(platform);
  const rater = await joinAsRater(platform, study.joinCode);
  const pair = await firstPair(rater);
  const receipt = await rater.vote(voteOn(pair, { outcome: 'right' }));
  await database.study.update({ where: { id: study.id }, data: { state: 'closed' } });
  expect(await rater.vote(voteOn(pair, { outcome: 'left' }))).toEqual(receipt);
  expect(await votesOf(study.id)).toHaveLength(1);
});

test('V3: after the close no vote is taken, and the work on the pair is credited once', async () => {
  const study = await makeStudy(platform);
  const rater = await joinAsRater(platform, study.joinCode);
  const pair = await firstPair(rater);
  await database.study.update({ where: { id: study.id }, data: { state: 'closed' } });
  const logged = lines.length;
  for (let tries = 0; tries < 3; tries++)
    await expect(rater.vote(voteOn(pair))).rejects.toMatchObject({
      code: 'GONE',
      data: { reason: 'study-closed' },
    });
  expect(lines.slice(logged)).toHaveLength(3);
  expect(await votesOf(study.id)).toEqual([]);
  expect(await raterOf(rater)).toMatchObject({ credited: 1 });
  await expectSoundCells(platform, study.id);
  // The preloaded pair is still lent, but nobody is asked to look at it for nothing.
  expect(await rater.draw()).toMatchObject({
    assignments: [],
    end: { reason: 'closed', code: expect.any(String) },
  });
});

test('V3: late while the cell is open, the vote counts', async () => {
  const study = await makeStudy(platform, { spec: { leaseSeconds: 60 } });
  const rater = await joinAsRater(platform, study.joinCode);
  const pair = await firstPair(rater);
  clock.pass(61);
  expect(await expireLeases(platform, { studyId: study.id })).toBe(2);
  await rater.vote(voteOn(pair));
  expect(await votesOf(study.id)).toMatchObject([{ status: 'counted' }]);
  expect(await raterOf(rater)).toMatchObject({ credited: 1 });
  await expectSoundCells(platform, study.id);
});

test('V3: late with the cell full, the vote is kept as surplus and credited', async () => {
  const study = await makeStudy(platform, {
    arms: ['one', 'two'],
    prompts: 1,
    spec: { votesPerCell: 1, leaseSeconds: 60, questionMode: 'all' },
  });
  const late = await joinAsRater(platform, study.joinCode);
  const pair = await firstPair(late);
  clock.pass(61);
  const quick = await joinAsRater(platform, study.joinCode);
  // The cell is lent again because the draw takes back what has expired.
  const again = await firstPair(quick);
  for (const question of [0, 1]) {
    await quick.vote(voteOn(again, { question }));
    await late.vote(voteOn(pair, { question, outcome: 'right' }));
  }
  const votes = await votesOf(study.id);
  expect(votes.map(({ status }) => status).sort()).toEqual([
    'counted',
    'counted',
    'surplus',
    'surplus',
  ]);
  expect(await raterOf(late)).toMatchObject({ credited: 1 });
  await expectSoundCells(platform, study.id);
});

test('a lease that ended without a vote comes again to the same rater, as the next attempt', async () => {
  const study = await makeStudy(platform, {
    arms: ['one', 'two'],
    prompts: 1,
    spec: { leaseSeconds: 60, questions: [{ key: 'q', wording: { en: 'Better?' } }] },
  });
  const rater = await joinAsRater(platform, study.joinCode);
  await firstPair(rater);
  await rater.leave();
  await firstPair(rater);
  clock.pass(61);
  const third = await firstPair(rater);
  expect(await database.assignment.findUnique({ where: { id: third.id } })).toMatchObject({
    attempt: 3,
  });
});

test('one rater with two attempts at a comparison counts once and is credited once', async () => {
  const study = await makeStudy(platform, {
    arms: ['one', 'two'],
    prompts: 1,
    spec: { leaseSeconds: 60, questions: [{ key: 'q', wording: { en: 'Better?' } }] },
  });
  const rater = await joinAsRater(platform, study.joinCode);
  const first = await firstPair(rater);
  clock.pass(61);
  const second = await firstPair(rater);
  await rater.vote(voteOn(first));
  await rater.vote(voteOn(second));
  const votes = await votesOf(study.id);
  expect(votes.map(({ status }) => status).sort()).toEqual(['counted', 'surplus']);
  expect(await raterOf(rater)).toMatchObject({ credited: 1 });
  await expectSoundCells(platform, study.id);
});

test('while paused, pairs in hand may be rated and no new ones are lent', async () => {
  const study = await makeStudy(platform);
  const rater = await joinAsRater(platform, study.joinCode);
  const { assignments } = await rater.draw();
  await database.study.update({ where: { id: study.id }, data: { state: 'paused' } });
  for (const pair of assignments) await rater.vote(voteOn(pair));
  expect(await rater.draw()).toMatchObject({
    assignments: [],
    end: { reason: 'paused', code: null },
  });
  expect(await votesOf(study.id)).toMatchObject([{ status: 'counted' }, { status: 'counted' }]);
});

test('what the study does not ask for is refused', async () => {
  const study = await makeStudy(platform, { spec: { allowTies: false } });
  const rater = await joinAsRater(platform, study.joinCode);
  const pair = await firstPair(rater);
  await expect(rater.vote(voteOn(pair, { outcome: 'tie' }))).rejects.toMatchObject({
    data: { reason: 'no-ties' },
  });
  const other = pair.questions[0] === 0 ? 1 : 0;
  await expect(rater.vote(voteOn(pair, { question: other }))).rejects.toMatchObject({
    data: { reason: 'unknown-question' },
  });
});

test('a broken pair is no vote, is given back and comes no more', async () => {
  const study = await makeStudy(platform, { arms: ['one', 'two'], prompts: 1 });
  const rater = await joinAsRater(platform, study.joinCode);
  const pair = await firstPair(rater);
  const report = {
    code: study.joinCode,
    assignmentId: pair.id,
    side: 'left' as const,
    note: 'black',
  };
  expect(await reportBroken(platform, rater.actor, report)).toEqual({ reported: true });
  expect(await reportBroken(platform, rater.actor, report)).toEqual({ reported: true });
  await expect(rater.vote(voteOn(pair))).rejects.toMatchObject({
    data: { reason: 'reported-broken' },
  });
  expect(await database.assignment.findUnique({ where: { id: pair.id } })).toMatchObject({
    state: 'broken',
    problem: 'left: black',
  });
  await expectSoundCells(platform, study.id);
  expect((await rater.draw()).end).toMatchObject({ reason: 'no-work', code: null });
  const stranger = await joinAsRater(platform, study.joinCode);
  await expect(reportBroken(platform, stranger.actor, report)).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('only the last vote can be taken back, and none after the close', async () => {
  const study = await makeStudy(platform);
  const rater = await joinAsRater(platform, study.joinCode);
  const [first, second] = (await rater.draw()).assignments.map((pair) => voteOn(pair));
  if (first === undefined || second === undefined) throw new Error('too little was drawn');
  await rater.vote(first);
  await rater.vote(second);
  await expect(rater.undo(first)).rejects.toMatchObject({ data: { reason: 'newer-vote' } });
  const stranger = await joinAsRater(platform, study.joinCode);
  await expect(stranger.undo(second)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await database.study.update({ where: { id: study.id }, data: { state: 'closed' } });
  await expect(rater.undo(second)).rejects.toMatchObject({ code: 'GONE' });
});

test('an undo of the last vote of a session opens it again', async () => {
  const study = await makeStudy(platform, { spec: { session: { pairs: 2 } } });
  const rater = await joinAsRater(platform, study.joinCode);
  const votes = (await rater.draw()).assignments.map((pair) => voteOn(pair));
  for (const vote of votes) await rater.vote(vote);
  expect((await rater.draw()).end).toMatchObject({ reason: 'session-done' });
  const last = votes[1];
  if (last === undefined) throw new Error('too little was drawn');
  const { session } = await rater.undo(last);
  expect(session).toEqual({ donePairs: 1, wantedPairs: 2 });
  expect(await rater.draw()).toMatchObject({ end: null, assignments: [{ pairNumber: 1 }] });
});

test('votes and retractions can be neither changed nor deleted', async () => {
  const study = await makeStudy(platform);
  const rater = await joinAsRater(platform, study.joinCode);
  const vote = voteOn(await firstPair(rater));
  await rater.vote(vote);
  await rater.undo(vote);
  for (const statement of [
    `update vote set outcome = 'tie'`,
    'delete from vote',
    'truncate vote',
    'update retraction set created_at = now()',
    'delete from retraction',
    'truncate retraction',
  ])
    await expect(database.$executeRawUnsafe(statement)).rejects.toThrow('append-only');
});

test('drawing without having joined', async () => {
  await expect(
    drawAssignments(platform, { kind: 'anonymous' }, { code: 'join-nothing' }),
  ).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});
