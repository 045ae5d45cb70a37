import { expect, test } from 'vitest';
import { simulateRaters } from '#lib/studies/simulation/simulate-raters.ts';
import { truthSchema } from '#lib/studies/simulation/truth.ts';
import { readWatch } from '#lib/studies/watch/read-watch.ts';
import { watchStudy } from '#lib/studies/watch/watch-study.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';
import { makeStudy, type TestStudy } from '#tests/factories/study.ts';

const platform = await openTestPlatform();
const SYSTEM = { kind: 'system', name: 'test' } as const;
const QUESTIONS = ['visual-quality', 'prompt-following'];

/** Strengths in Elo, the same for both questions. */
async function simulate(
  study: TestStudy,
  elo: Record<string, number>,
  votes: number,
  seed: number,
): Promise<void> {
  const truth = truthSchema.parse({
    questions: Object.fromEntries(QUESTIONS.map((key) => [key, { elo, tie: 0.2 }])),
  });
  await simulateRaters(platform, SYSTEM, {
    ...{ project: study.project, study: study.slug, truth, votes, seed },
  });
}

const look = (study: TestStudy) =>
  readWatch(platform, SYSTEM, { project: study.project, study: study.slug });

test('a study is provisional at first, and resolved once one arm is plainly the best', async () => {
  const study = await makeStudy(platform, {
    prompts: 20,
    spec: { votesPerCell: 10, session: { pairs: 10 } },
  });
  expect(await look(study)).toMatchObject({ result: null, lookedAt: null, isStale: false });

  await simulate(study, { one: 0, two: 300, three: 0 }, 6, 1);
  expect(await look(study)).toMatchObject({ result: null, isStale: true });
  await watchStudy(platform, study.id);
  const early = await look(study);
  expect(early).toMatchObject({ isStale: false, pairChoice: 'balanced' });
  expect(early.result).toMatchObject({ votes: 6, minimumVotes: 10, deciding: null });
  expect(early.result?.questions).toHaveLength(3);
  for (const question of early.result?.questions ?? []) {
    expect(question.provisional).toContain('few-votes');
    expect(question.advice).toMatchObject({ verdict: 'not-yet', moreVotes: null });
    expect(question.arms.every((arm) => arm.isProvisional)).toBe(true);
  }

  await simulate(study, { one: 0, two: 300, three: 0 }, 500, 2);
  await watchStudy(platform, study.id);
  const { result } = await look(study);
  const mean = result?.questions.at(-1);
  expect(mean).toMatchObject({ question: null, votes: 506, plannedVotes: 1200, provisional: [] });
  expect(mean?.arms[0]).toMatchObject({ name: 'two', tier: 1, isProvisional: false });
  expect(mean?.advice).toMatchObject({
    ...{ verdict: 'resolved', reason: 'separated', leader: 'two', moreVotes: 0, rivals: [] },
  });
  expect(await platform.database.pairChance.count({ where: { studyId: study.id } })).toBe(0);
});

test('two arms get win shares with an interval that may be looked at again and again', async () => {
  const study = await makeStudy(platform, {
    arms: ['one', 'two'],
    prompts: 20,
    spec: { votesPerCell: 10, session: { pairs: 10 } },
  });
  await simulate(study, { one: 0, two: 0 }, 160, 1);
  await watchStudy(platform, study.id);
  const { result } = await look(study);
  for (const { arms, advice } of result?.questions ?? []) {
    expect(advice.verdict).not.toBe('resolved');
    expect(arms).toHaveLength(2);
    for (const { winShare, winShareLow, winShareHigh } of arms) {
      expect(winShareLow).toBeLessThan(winShare ?? 0);
      expect(winShareHigh).toBeGreaterThan(winShare ?? 1);
    }
  }
});

test('the question that the rule names decides, and a full study will not resolve', async () => {
  const study = await makeStudy(platform, {
    prompts: 12,
    spec: {
      votesPerCell: 2,
      session: { pairs: 6 },
      decision: { question: 'prompt-following', marginElo: 0 },
    },
  });
  await simulate(study, { one: 0, two: 0, three: 0 }, 1000, 1);
  await watchStudy(platform, study.id);
  const { result } = await look(study);
  expect(result).toMatchObject({ deciding: 1, marginElo: 0, votes: 144 });
  const deciding = result?.questions[1];
  expect(deciding?.plannedVotes).toBe(deciding?.votes);
  expect(deciding?.advice.verdict).toBe('will-not-resolve');
});

test('a draft is not looked at, and a large study only now and then', async () => {
  const draft = await makeStudy(platform, { state: 'draft' });
  await watchStudy(platform, draft.id);
  expect((await look(draft)).result).toBeNull();

  const study = await makeStudy(platform);
  await simulate(study, { one: 0, two: 0, three: 0 }, 4, 1);
  await watchStudy(platform, study.id);
  const first = await look(study);
  await platform.database.studyWatch.update({
    where: { studyId: study.id },
    data: { result: { ...first.result, votes: 1_000_000 } },
  });
  const asked = platform.asked.length;
  await watchStudy(platform, study.id);
  expect(platform.asked.slice(asked)).toEqual([
    { name: 'watch-study', payload: { studyId: study.id } },
  ]);
  expect((await look(study)).result?.votes).toBe(1_000_000);
});
