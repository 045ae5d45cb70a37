import { expect, test } from 'vitest';
import { expectSoundCells } from '#tests/factories/cells.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';
import { joinAsRater, type TestRater, voteOn } from '#tests/factories/rater.ts';
import { makeStudy } from '#tests/factories/study.ts';

const platform = await openTestPlatform();

async function rateUntilTheEnd(rater: TestRater): Promise<void> {
  for (;;) {
    const { assignments, end } = await rater.draw();
    expect(assignments.length).toBeLessThanOrEqual(2);
    if (end !== null) return;
    for (const assignment of assignments) await rater.vote(voteOn(assignment));
  }
}

test('50 raters at once fill a study exactly, none gets a comparison twice', async () => {
  const study = await makeStudy(platform, { prompts: 5, spec: { votesPerCell: 7 } });
  const raters = await Promise.all(
    Array.from({ length: 50 }, () => joinAsRater(platform, study.joinCode)),
  );
  await Promise.all(raters.map(rateUntilTheEnd));
  const cells = await expectSoundCells(platform, study.id);
  expect(cells).toHaveLength(30);
  for (const cell of cells) expect(cell).toMatchObject({ counted: 7, load: 7 });
  const assignments = await platform.database.assignment.findMany({ where: { studyId: study.id } });
  expect(new Set(assignments.map((a) => `${a.raterId} ${a.comparisonId}`)).size).toBe(
    assignments.length,
  );
  for (const { propensity } of assignments) {
    expect(propensity).toBeGreaterThan(0);
    expect(propensity).toBeLessThanOrEqual(1);
  }
  const statuses = await platform.database.vote.groupBy({
    by: ['status'],
    where: { studyId: study.id },
    _count: true,
  });
  expect(statuses).toEqual([{ status: 'counted', _count: 210 }]);
});

test('50 raters at once with all questions in turn', async () => {
  const study = await makeStudy(platform, {
    prompts: 3,
    spec: { votesPerCell: 4, questionMode: 'all' },
  });
  const raters = await Promise.all(
    Array.from({ length: 50 }, () => joinAsRater(platform, study.joinCode)),
  );
  await Promise.all(
    raters.map(async (rater) => {
      for (;;) {
        const { assignments, end } = await rater.draw();
        if (end !== null) return;
        for (const assignment of assignments)
          for (const question of assignment.questions)
            await rater.vote(voteOn(assignment, { question }));
      }
    }),
  );
  for (const cell of await expectSoundCells(platform, study.id))
    expect(cell).toMatchObject({ counted: 4, load: 4 });
});

test('two draws of one rater at once lend two pairs, not four', async () => {
  const study = await makeStudy(platform);
  const rater = await joinAsRater(platform, study.joinCode);
  await Promise.all(Array.from({ length: 8 }, () => rater.draw()));
  expect(await platform.database.assignment.count({ where: { studyId: study.id } })).toBe(2);
});

test('V1: 50 parallel submits of different answers make one vote and one receipt', async () => {
  const study = await makeStudy(platform);
  const rater = await joinAsRater(platform, study.joinCode);
  const [pair] = (await rater.draw()).assignments;
  if (pair === undefined) throw new Error('nothing was drawn');
  const outcomes = ['left', 'right', 'tie'] as const;
  const receipts = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      rater.vote(voteOn(pair, { outcome: outcomes[index % 3] ?? 'tie', decisionMs: index })),
    ),
  );
  for (const receipt of receipts) expect(receipt).toEqual(receipts[0]);
  const votes = await platform.database.vote.findMany({ where: { studyId: study.id } });
  expect(votes).toHaveLength(1);
  expect(votes[0]?.outcome).toBe(receipts[0]?.outcome);
  await expectSoundCells(platform, study.id);
  const session = (await rater.draw()).session;
  expect(session.donePairs).toBe(1);
});
