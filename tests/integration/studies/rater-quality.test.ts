import { expect, test } from 'vitest';
import type { Actor } from '#lib/accounts/actor.ts';
import { seededRandom } from '#lib/core/random.ts';
import { exportVotes } from '#lib/reports/exports/export-votes.ts';
import { rankStudy } from '#lib/reports/snapshots/rank-study.ts';
import { excludeRater } from '#lib/studies/quality/exclude-rater.ts';
import { includeRater } from '#lib/studies/quality/include-rater.ts';
import { listRaters } from '#lib/studies/quality/list-raters.ts';
import { reviewRaters } from '#lib/studies/quality/review-raters.ts';
import { readRankedVotes } from '#lib/studies/votes/ranked-votes.ts';
import { raterPseudonym } from '#lib/studies/votes/rater-pseudonym.ts';
import { expectSoundCells } from '#tests/factories/cells.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';
import { joinAsRater, type TestRater, voteOn } from '#tests/factories/rater.ts';
import { makeStudy, type TestStudy } from '#tests/factories/study.ts';
import { createTestUser } from '#tests/factories/users.ts';

// `npm run drill -- V7` sets the stated count.
const RATERS = Number(process.env.V7_RATERS ?? 5);

const platform = await openTestPlatform();
const { database } = platform;
const system: Actor = { kind: 'system', name: 'test' };

/** A study in which every rater answers as many pairs as there are for them. */
async function ratedStudy(raters: number, wanted = raters, prompts = 4) {
  const study = await makeStudy(platform, {
    prompts,
    spec: { votesPerCell: wanted, questionMode: 'all', session: { pairs: 3 * prompts } },
  });
  const random = seededRandom(study.slug);
  const people = [];
  for (let r = 0; r < raters; r++) {
    const rater = await joinAsRater(platform, study.joinCode);
    await rateAll(rater, () => (['left', 'right', 'tie'] as const)[random.integer(3)] ?? 'tie');
    people.push({ rater, id: rater.actor.raterId, name: nameOf(study, rater) });
  }
  return { study, address: { project: study.project, study: study.slug }, people };
}

async function rateAll(rater: TestRater, outcome: () => 'left' | 'right' | 'tie', most = Infinity) {
  for (let votes = 0; votes < most; ) {
    const { assignments } = await rater.draw();
    if (assignments.length === 0) return;
    for (const assignment of assignments)
      for (const question of assignment.questions) {
        if (votes++ >= most) return;
        await rater.vote({ ...voteOn(assignment, { outcome: outcome() }), question });
      }
  }
}

function nameOf(study: TestStudy, rater: TestRater): string {
  return raterPseudonym(study.id, rater.actor.raterId);
}

async function ranked(study: TestStudy) {
  await rankStudy(platform, study.id);
  return database.snapshot.findFirstOrThrow({
    where: { studyId: study.id },
    orderBy: { watermark: 'desc' },
    include: { rankings: { orderBy: [{ question: 'asc' }, { method: 'asc' }] } },
  });
}

const digits = (snapshot: Awaited<ReturnType<typeof ranked>>) =>
  JSON.stringify(
    snapshot.rankings.map(({ question, method, votes, result }) => [
      question,
      method,
      votes,
      result,
    ]),
  );

const rawVotes = (study: TestStudy) =>
  database.vote.findMany({ where: { studyId: study.id }, orderBy: { seq: 'asc' } });

const first = <T>(list: readonly T[]): T => {
  const [one] = list;
  if (one === undefined) throw new Error('the list is empty');
  return one;
};

test(`V7: ${RATERS} raters, each excluded and included again: the ratings come back to the digit`, {
  timeout: 600_000,
}, async () => {
  const { study, address, people } = await ratedStudy(RATERS);
  const before = await ranked(study);
  const votes = await rawVotes(study);
  expect(votes.length).toBeGreaterThan(RATERS * 10);
  for (const { name } of people) {
    await excludeRater(platform, system, {
      ...{ ...address, rater: name, because: 'side-only' as const },
      reason: 'Pressed one button.',
    });
    const without = await ranked(study);
    expect(digits(without)).not.toBe(digits(before));
    expect(without.breakdown).toMatchObject({
      raters: RATERS - 1,
      excluded: [{ because: 'side-only', raters: 1 }],
    });
    await includeRater(platform, system, { ...address, rater: name, reason: 'A mistake.' });
    const again = await ranked(study);
    expect(digits(again)).toBe(digits(before));
    expect(again.breakdown).toEqual(before.breakdown);
  }
  expect(await rawVotes(study)).toEqual(votes);
  await expectSoundCells(platform, study.id);
  const audit = await database.raterExclusion.findMany({ where: { studyId: study.id } });
  expect(audit).toHaveLength(2 * RATERS);
});

test('a watermark of before an exclusion has the votes that it had', async () => {
  const { study, address, people } = await ratedStudy(4);
  const { watermark } = await ranked(study);
  const arms = await database.arm.findMany({ where: { studyId: study.id } });
  const read = (until: bigint) =>
    readRankedVotes(
      database,
      study.id,
      study.spec.questions.length,
      new Map(arms.map((arm) => [arm.id, arm.name])),
      until,
      { simulated: false, imported: false },
    );
  const before = await read(watermark);
  const { name, id } = first(people);
  await excludeRater(platform, system, {
    ...{ ...address, rater: name, because: 'gold' as const, reason: 'Missed every gold pair.' },
  });
  const after = await ranked(study);
  expect(after.watermark).toBeGreaterThan(watermark);
  expect(await read(watermark)).toEqual(before);
  const now = await read(after.watermark);
  expect(now[0]?.raters).not.toContain(id);
  expect(now[0]?.left.length).toBeLessThan(before[0]?.left.length ?? 0);
});

test("an excluded rater's places go to others, and more votes than wanted count on inclusion", async () => {
  const { study, address, people } = await ratedStudy(2);
  const full = await expectSoundCells(platform, study.id);
  expect(full.every((cell) => cell.counted === cell.wanted)).toBe(true);
  const { name, rater } = first(people);
  await excludeRater(platform, system, { ...address, rater: name, because: 'other', reason: 'x' });
  const open = await expectSoundCells(platform, study.id);
  expect(open.some((cell) => cell.counted < cell.wanted)).toBe(true);

  // The excluded rater goes on unaware: the votes are kept and fill nothing.
  const { assignments } = await rater.draw();
  for (const assignment of assignments) await rater.vote(voteOn(assignment));
  expect(await expectSoundCells(platform, study.id)).toHaveLength(open.length);

  const other = await joinAsRater(platform, study.joinCode);
  await rateAll(other, () => 'left');
  const filled = await expectSoundCells(platform, study.id);
  expect(filled.every((cell) => cell.counted === cell.wanted)).toBe(true);
  await includeRater(platform, system, { ...address, rater: name, reason: 'It was a mistake.' });
  const over = await expectSoundCells(platform, study.id);
  expect(over.some((cell) => cell.votes > cell.wanted)).toBe(true);
  const { rankings } = await ranked(study);
  const all = await rawVotes(study);
  expect(rankings.find(({ question }) => question === null)?.votes).toBe(
    all.filter(({ status }) => status === 'counted').length,
  );
});

test('of many exclusions at once one is written, and none is lost among votes', async () => {
  const { study, address, people } = await ratedStudy(3, 6);
  const { name } = first(people);
  const rater = await joinAsRater(platform, study.joinCode);
  const [results] = await Promise.all([
    Promise.allSettled(
      Array.from({ length: 8 }, (_, i) =>
        excludeRater(platform, system, {
          ...{ ...address, rater: name, because: 'other' as const, reason: `Try ${i}` },
        }),
      ),
    ),
    rateAll(rater, () => 'right'),
    excludeRater(platform, system, {
      ...{ ...address, rater: nameOf(study, rater), because: 'random' as const, reason: 'y' },
    }),
    Promise.all(Array.from({ length: 5 }, () => rankStudy(platform, study.id))),
  ]);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const result of results)
    if (result.status === 'rejected')
      expect(result.reason).toMatchObject({
        code: 'CONFLICT',
        data: { reason: 'already-excluded' },
      });
  await expectSoundCells(platform, study.id);
  const rows = await database.raterExclusion.findMany({ where: { studyId: study.id } });
  expect(rows).toHaveLength(2);
  const last = await ranked(study);
  expect(last.breakdown).toMatchObject({ raters: 2 });
  expect(last.watermark).toBeGreaterThanOrEqual(rows.at(-1)?.seq ?? 0n);
});

test('an exclusion and an inclusion need the right to the project and a rater of this study', async () => {
  const { study, address, people } = await ratedStudy(2);
  const { name } = first(people);
  const input = { ...address, rater: name, because: 'other' as const, reason: 'Why not' };
  const { id: projectId } = await database.project.findFirstOrThrow({
    where: { slug: study.project },
  });
  const stranger = await createTestUser(platform, 'researcher');
  const member = await createTestUser(platform, 'rater');
  await database.projectMember.create({ data: { projectId, userId: member.id, role: 'rater' } });
  // Who rates in a project may not even know what is in it.
  for (const { actor } of [stranger, member])
    await expect(excludeRater(platform, actor, input)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      data: { reason: 'project' },
    });
  const other = await ratedStudy(1);
  await expect(
    excludeRater(platform, system, { ...input, rater: first(other.people).name }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND', data: { reason: 'rater' } });
  await expect(includeRater(platform, system, input)).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await database.raterExclusion.count({ where: { studyId: study.id } })).toBe(0);

  const owner = await createTestUser(platform, 'researcher');
  await database.projectMember.create({
    data: { projectId, userId: owner.id, role: 'researcher' },
  });
  const jobs = platform.asked.length;
  await excludeRater(platform, owner.actor, input);
  expect(platform.asked.slice(jobs)).toEqual([
    { name: 'rank-study', payload: { studyId: study.id } },
  ]);
  const [row] = await database.raterExclusion.findMany({ where: { studyId: study.id } });
  expect(row).toMatchObject({ userId: owner.id, reason: 'Why not', isExcluded: true });
  await expect(
    database.raterExclusion.updateMany({ data: { reason: 'another' } }),
  ).rejects.toThrow();

  // Exports leave the votes out, or say what they are excluded for.
  const lines = async (all: boolean) =>
    (await (await exportVotes(platform, system, { ...address, format: 'jsonl', all })).text())
      .trimEnd()
      .split('\n')
      .map((line): { rater: string; excluded: string | null } => JSON.parse(line));
  expect((await lines(false)).some(({ rater }) => rater === name)).toBe(false);
  const everything = await lines(true);
  expect(everything.filter(({ excluded }) => excluded === 'other')).toEqual(
    everything.filter(({ rater }) => rater === name),
  );
});

test('flags, influence and history of raters are listed; flags alone exclude nobody', {
  timeout: 120_000,
}, async () => {
  const study = await makeStudy(platform, {
    prompts: 12,
    takes: 2,
    spec: {
      votesPerCell: 20,
      questionMode: 'all',
      tooFastSeconds: 1.5,
      session: { pairs: 40 },
      shares: { gold: 0.1, same: 0.1, repeat: 0.1 },
      gold: [{ prompt: 'prompt-0', better: 'one', worse: 'three' }],
    },
  });
  const address = { project: study.project, study: study.slug };
  const list = (filter: 'all' | 'flagged' | 'excluded' = 'all', page = 1) =>
    listRaters(platform, system, { ...address, filter, page });
  expect(await list()).toMatchObject({ raters: [], lookedAt: null, isStale: false });

  const worth: Record<string, number> = {};
  for (const { id, name } of await database.arm.findMany({ where: { studyId: study.id } }))
    worth[id] = { one: 2, two: 1, three: 0 }[name] ?? 0;
  const random = seededRandom(3);
  const honest = async (left: number, right: number): Promise<'left' | 'right' | 'tie'> => {
    if (random.next() < 0.1) return 'tie';
    const chance = 1 / (1 + Math.exp((worth[right] ?? 0) - (worth[left] ?? 0)));
    return random.next() < chance ? 'left' : 'right';
  };
  const people = [];
  for (let r = 0; r < 8; r++) {
    const rater = await joinAsRater(platform, study.joinCode);
    const isButton = r === 0;
    for (let pairs = 0; pairs < 40; ) {
      const { assignments } = await rater.draw();
      if (assignments.length === 0) break;
      for (const assignment of assignments) {
        pairs++;
        const { comparison, aOnLeft } = await database.assignment.findUniqueOrThrow({
          where: { id: assignment.id },
          include: { comparison: true },
        });
        const { armAId, armBId } = comparison;
        const [left, right] = aOnLeft ? [armAId, armBId] : [armBId, armAId];
        for (const question of assignment.questions)
          await rater.vote({
            ...voteOn(assignment, {
              outcome: isButton ? 'left' : await honest(left, right),
              decisionMs: isButton ? 900 : 4000,
            }),
            question,
          });
      }
    }
    people.push(rater);
  }
  const jobs = platform.asked.length;
  expect(await list()).toMatchObject({ raters: [], lookedAt: null, isStale: true });
  expect(platform.asked.slice(jobs)).toEqual([
    { name: 'review-raters', payload: { studyId: study.id } },
  ]);
  await reviewRaters(platform, study.id);
  const looked = await list();
  expect(looked).toMatchObject({ isStale: false, counts: { all: 8, excluded: 0 } });
  expect(looked.raters).toHaveLength(8);
  const button = first(looked.raters);
  expect(button.rater).toBe(raterPseudonym(study.id, first(people).actor.raterId));
  expect(button.flags.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['side-only', 'fast']),
  );
  expect(button).toMatchObject({
    ...{ origin: 'link', isExcluded: false, history: [], medianSeconds: 0.9, pairs: 40 },
    answers: { right: 0, ties: 0, fastShare: 1 },
  });
  expect(button.same.seen).toBe(button.same.failed);
  expect(button.repeats.failed).toBe(button.repeats.seen);
  expect(button.influence?.changes).toHaveLength(3);
  expect(await database.raterExclusion.count({ where: { studyId: study.id } })).toBe(0);
  expect((await list('flagged')).raters[0]).toEqual(button);
  expect((await list('excluded')).raters).toEqual([]);
  expect((await list('all', 2)).raters).toEqual([]);

  // Nothing is computed again for the same votes.
  const before = await database.raterReview.findUniqueOrThrow({ where: { studyId: study.id } });
  await reviewRaters(platform, study.id);
  expect(await database.raterReview.findUniqueOrThrow({ where: { studyId: study.id } })).toEqual(
    before,
  );

  const owner = await createTestUser(platform, 'admin');
  await excludeRater(platform, owner.actor, {
    ...{ ...address, rater: button.rater, because: 'side-only' as const },
    reason: 'Pressed left all along.',
  });
  const excluded = await list('excluded');
  expect(excluded).toMatchObject({ isStale: true, counts: { all: 8, excluded: 1 } });
  expect(excluded.raters[0]).toMatchObject({
    isExcluded: true,
    history: [
      {
        ...{ isExcluded: true, because: 'side-only', reason: 'Pressed left all along.' },
        ...{ by: 'The admin', flags: button.flags.map(({ reason }) => reason) },
      },
    ],
  });
  await reviewRaters(platform, study.id);
  const again = await list('excluded');
  expect(again.isStale).toBe(false);
  expect(again.raters[0]).toMatchObject({ influence: null, flags: [{}, {}] });
});
