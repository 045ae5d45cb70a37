import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import type { Actor } from '#lib/accounts/actor.ts';
import { logger } from '#lib/platform/log.ts';
import { listComparisonVotes } from '#lib/reports/comparisons/list-comparison-votes.ts';
import { listComparisons } from '#lib/reports/comparisons/list-comparisons.ts';
import { exportAxesFigure, exportFigure } from '#lib/reports/exports/export-figure.ts';
import { exportRatings } from '#lib/reports/exports/export-ratings.ts';
import { exportVotes } from '#lib/reports/exports/export-votes.ts';
import { figureNameSchema } from '#lib/reports/schema.ts';
import { rankStudy } from '#lib/reports/snapshots/rank-study.ts';
import { getReport } from '#lib/reports/study-report/get-report.ts';
import { openTestDatabase } from '../factories/database.ts';
import { writeRankedStudy } from '../factories/ranked-study.ts';

const { client: database } = await openTestDatabase();
const platform = { database, log: logger('test') };
const reader: Actor = { kind: 'system', name: 'test' };

type Written = Awaited<ReturnType<typeof writeRankedStudy>>;

/** Every rater votes on every comparison and question; the arm first in position mostly wins. */
async function voteOnAll({ study, comparisons, raters }: Written) {
  let n = 0;
  for (const comparison of comparisons)
    for (const rater of raters)
      for (const question of [0, 1]) {
        const isFlipped = n % 2 === 1;
        await database.vote.create({
          data: {
            studyId: study.id,
            comparisonId: comparison.id,
            promptId: comparison.promptId,
            raterId: rater.id,
            question,
            status: 'counted',
            origin: n % 7 === 0 ? 'simulated' : 'link',
            leftArmId: isFlipped ? comparison.armBId : comparison.armAId,
            rightArmId: isFlipped ? comparison.armAId : comparison.armBId,
            outcome: n % 5 === 4 ? 'tie' : isFlipped === (n % 3 === 2) ? 'left' : 'right',
          },
        });
        n++;
      }
  return n;
}

test('a study without votes has a report without snapshots', async () => {
  const { project } = await writeRankedStudy(database, 'empty');
  const address = { project: project.slug, study: 'empty' };
  const report = await getReport(platform, reader, address);
  expect(report).toMatchObject({ snapshots: [], isStale: false, method: 'davidson' });
  expect(report.progress).toEqual([
    { question: 0, counted: 0, wanted: 18 },
    { question: 1, counted: 0, wanted: 18 },
  ]);
  const figure = await exportFigure(platform, reader, {
    ...address,
    figure: 'leaderboard',
    format: 'svg',
    question: 'mean',
  });
  expect(await figure.text()).toContain('<svg');
});

test('votes become snapshots, and leave them again without a trace in the old ones', async () => {
  const written = await writeRankedStudy(database, 'voted');
  const { study, project } = written;
  const address = { project: project.slug, study: study.slug };
  const votes = await voteOnAll(written);
  expect((await getReport(platform, reader, address)).isStale).toBe(true);

  await rankStudy(platform, study.id);
  const first = await getReport(platform, reader, address);
  expect(first.isStale).toBe(false);
  expect(first.snapshots.map((snapshot) => snapshot.question)).toEqual([0, 1, null]);
  expect(first.snapshots.at(-1)?.votes).toBe(votes);
  expect(first.breakdown).toMatchObject({ raters: 4, imported: 0, retracted: 0 });
  expect(first.breakdown.people + first.breakdown.simulated).toBe(votes);
  const best = first.snapshots[0]?.arms[0];
  expect(best?.eloLow).toBeLessThan(best?.elo ?? 0);

  // A second run without a new vote adds nothing.
  const rows = await database.ranking.count({ where: { snapshot: { studyId: study.id } } });
  await rankStudy(platform, study.id);
  expect(await database.ranking.count({ where: { snapshot: { studyId: study.id } } })).toBe(rows);

  // Switching simulated votes off and on again comes back to the same digits.
  await database.study.update({ where: { id: study.id }, data: { countSimulated: false } });
  await rankStudy(platform, study.id);
  const without = await getReport(platform, reader, address);
  expect(without.snapshots.at(-1)?.votes).toBe(first.breakdown.people);
  await database.study.update({ where: { id: study.id }, data: { countSimulated: true } });
  expect(await getReport(platform, reader, address)).toEqual(first);

  // A retraction after the snapshot takes its vote out of the next one alone.
  const vote = await database.vote.findFirstOrThrow({ where: { studyId: study.id } });
  await database.$executeRaw`
    INSERT INTO retraction (seq, vote_seq, study_id, rater_id)
    VALUES (nextval('vote_seq_seq'), ${vote.seq}, ${study.id}, ${vote.raterId}::uuid)`;
  await rankStudy(platform, study.id);
  const last = await getReport(platform, reader, address);
  expect(last.snapshots.at(-1)?.votes).toBe(votes - 1);
  expect(last.breakdown.retracted).toBe(1);
});

test('a report that only trial votes came to waits for no ranking', async () => {
  const { study, project, comparisons, raters } = await writeRankedStudy(database, 'tried');
  const [comparison] = comparisons;
  const [rater] = raters;
  if (!comparison || !rater) throw new Error('the study is empty');
  const { seq } = await database.vote.create({
    data: {
      studyId: study.id,
      comparisonId: comparison.id,
      promptId: comparison.promptId,
      raterId: rater.id,
      question: 0,
      status: 'trial',
      origin: 'trial',
      leftArmId: comparison.armAId,
      rightArmId: comparison.armBId,
      outcome: 'left',
    },
  });
  await database.retraction.create({
    data: { seq: seq + 1n, voteSeq: seq, studyId: study.id, raterId: rater.id },
  });
  const address = { project: project.slug, study: study.slug };
  expect(await getReport(platform, reader, address)).toMatchObject({
    snapshots: [],
    isStale: false,
  });
});

test('exports carry every counted vote, with pseudonyms, and rank alike', async () => {
  const written = await writeRankedStudy(database, 'exported');
  const { study, project, raters } = written;
  const address = { project: project.slug, study: study.slug };
  const votes = await voteOnAll(written);
  await rankStudy(platform, study.id);

  const csv = await exportVotes(platform, reader, { ...address, format: 'csv', all: false });
  const text = await csv.text();
  expect(parse(text, { columns: true })).toHaveLength(votes);
  for (const rater of raters) expect(text).not.toContain(rater.id);
  const jsonl = await exportVotes(platform, reader, {
    ...address,
    format: 'jsonl',
    question: 1,
    all: true,
  });
  const lines = (await jsonl.text()).trimEnd().split('\n');
  expect(lines).toHaveLength(votes / 2);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ question: 'prompt-following' });

  const ratings = await exportRatings(platform, reader, { ...address, format: 'csv' });
  expect(parse(await ratings.text(), { columns: true })).toHaveLength(9);
  for (const figure of ['curve', 'leaderboard', 'win-shares'] as const) {
    const svg = await exportFigure(platform, reader, {
      ...address,
      figure,
      format: 'svg',
      question: 'mean',
    });
    expect(await svg.text()).toContain('strong');
    const png = await exportFigure(platform, reader, {
      ...address,
      figure,
      format: 'png',
      question: 0,
    });
    expect([...new Uint8Array(await png.arrayBuffer()).slice(1, 4)]).toEqual([80, 78, 71]);
  }
});

test('comparisons can be looked through by arm and prompt, with each vote', async () => {
  const written = await writeRankedStudy(database, 'browsed');
  const address = { project: written.project.slug, study: 'browsed' };
  await voteOnAll(written);
  const all = await listComparisons(platform, reader, { ...address, page: 1 });
  expect(all.total).toBe(6);
  expect(all.comparisons[0]?.counts).toHaveLength(2);
  const few = await listComparisons(platform, reader, {
    ...address,
    arm: 'weak',
    prompt: 'dog',
    page: 1,
  });
  expect(few.total).toBe(2);
  const id = few.comparisons[0]?.id ?? 0;
  const { votes } = await listComparisonVotes(platform, reader, { ...address, id });
  expect(votes).toHaveLength(8);
  await expect(
    listComparisonVotes(platform, reader, { ...address, id: 999_999 }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a stranger learns nothing, not even that the study exists', async () => {
  const { project } = await writeRankedStudy(database, 'hidden');
  const stranger: Actor = { kind: 'user', userId: crypto.randomUUID(), role: 'researcher' };
  await expect(
    getReport(platform, stranger, { project: project.slug, study: 'hidden' }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a researcher sees which pairs raters reported as broken', async () => {
  const { study, project, comparisons, raters } = await writeRankedStudy(database, 'broken');
  await database.assignment.create({
    data: {
      studyId: study.id,
      comparisonId: comparisons[0]?.id ?? 0,
      raterId: raters[0]?.id ?? '',
      state: 'broken',
      questions: [0],
      aOnLeft: false,
      propensity: 1,
      leaseExpiresAt: new Date(),
      problem: 'left: it stays black',
    },
  });
  const report = await getReport(platform, reader, { project: project.slug, study: study.slug });
  expect(report.brokenReports).toMatchObject([
    { prompt: 'cat', left: 'middle', right: 'strong', problem: 'left: it stays black' },
  ]);
});

test('every figure is drawn of a study with votes, and of the snapshot asked for', async () => {
  const written = await writeRankedStudy(database, 'drawn');
  const address = { project: written.project.slug, study: 'drawn' };
  await voteOnAll(written);
  await rankStudy(platform, written.study.id);
  const { snapshot } = await getReport(platform, reader, address);
  for (const figure of figureNameSchema.options) {
    const asked = { ...address, figure, format: 'svg', question: 'mean' } as const;
    const drawn = exportFigure(platform, reader, asked);
    if (figure === 'steps') await expect(drawn).rejects.toThrow(/not one of training steps/);
    else expect(await (await drawn).text()).toContain('<svg');
  }
  const frozen = await exportFigure(platform, reader, {
    ...address,
    figure: 'differences',
    format: 'png',
    question: 1,
    snapshot: snapshot?.id,
  });
  expect(frozen.name).toBe('drawn-r1-differences-1-davidson.png');
  const axes = await exportAxesFigure(platform, reader, { ...address, format: 'svg' });
  expect(await axes.text()).toContain('The study drawn');
  const unknown = { ...address, figure: 'wins', format: 'svg', question: 7 } as const;
  await expect(exportFigure(platform, reader, unknown)).rejects.toThrow(/no question 7/);
});
