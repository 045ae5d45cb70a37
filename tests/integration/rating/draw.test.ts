import { expect, test } from 'vitest';
import { openTestPlatform } from '#tests/factories/platform.ts';
import { joinAsRater, voteOn } from '#tests/factories/rater.ts';
import { makeStudy } from '#tests/factories/study.ts';

const platform = await openTestPlatform();

test('a rater gets two pairs, and the same two when asking again', async () => {
  const study = await makeStudy(platform);
  const rater = await joinAsRater(platform, study.joinCode);
  const first = await rater.draw();
  expect(first.assignments.map((assignment) => assignment.pairNumber)).toEqual([0, 1]);
  expect(first.end).toBeNull();
  expect(await rater.draw()).toEqual(first);
});

test('a rater answers the whole study, each comparison once', async () => {
  const study = await makeStudy(platform);
  const rater = await joinAsRater(platform, study.joinCode);
  let answered = 0;
  for (;;) {
    const { assignments, end, session } = await rater.draw();
    expect(session.donePairs).toBe(answered);
    const [next] = assignments;
    if (next === undefined) {
      expect(end).toMatchObject({ reason: 'no-work', code: expect.any(String) });
      break;
    }
    await rater.vote(voteOn(next));
    answered++;
  }
  expect(answered).toBe(12);
  const comparisons = await platform.database.assignment.groupBy({
    by: ['comparisonId'],
    where: { studyId: study.id },
    _count: true,
  });
  expect(comparisons).toHaveLength(12);
  const propensities = await platform.database.assignment.findMany({
    where: { studyId: study.id },
  });
  for (const { propensity } of propensities) {
    expect(propensity).toBeGreaterThan(0);
    expect(propensity).toBeLessThanOrEqual(1);
  }
});

test('an undo gives the pair again with the same sides, and the count goes back', async () => {
  const study = await makeStudy(platform);
  const rater = await joinAsRater(platform, study.joinCode);
  const [first] = (await rater.draw()).assignments;
  if (first === undefined) throw new Error('nothing was drawn');
  const vote = voteOn(first, { outcome: 'right' });
  const receipt = await rater.vote(vote);
  await rater.draw();
  const undone = await rater.undo(vote);
  expect(undone.assignment).toMatchObject({ pairNumber: 0, questions: first.questions });
  expect(undone.assignment.id).not.toBe(first.id);
  expect(undone.session.donePairs).toBe(0);
  expect(await rater.undo(vote)).toEqual(undone);
  expect(await rater.vote({ ...vote, outcome: 'tie' })).toEqual(receipt);
  expect((await rater.draw()).assignments.map(({ pairNumber }) => pairNumber)).toEqual([0, 1]);
  const cells = await platform.database.cell.findMany({ where: { studyId: study.id } });
  expect(cells.reduce((sum, cell) => sum + cell.counted, 0)).toBe(0);
  expect(cells.reduce((sum, cell) => sum + cell.load, 0)).toBe(2);
});
