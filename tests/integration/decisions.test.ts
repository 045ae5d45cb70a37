import { parse as parseCsv } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { createApi } from '#lib/http/serve-api.ts';
import { exportBundle } from '#lib/reports/bundle/export-bundle.ts';
import { exportCombinedFilter } from '#lib/reports/decisions/combined-filter.ts';
import type { CombinedFilter, DecisionsView } from '#lib/reports/decisions/schema.ts';
import { recomputeSnapshotJob } from '#lib/reports/jobs.ts';
import { rankingResultSchema } from '#lib/reports/schema.ts';
import { rankStudy } from '#lib/reports/snapshots/rank-study.ts';
import { recomputeSnapshot } from '#lib/reports/snapshots/recompute-snapshot.ts';
import { finishRecompute } from '#lib/reports/snapshots/request-recompute.ts';
import type { SnapshotCheckView } from '#lib/reports/snapshots/schema.ts';
import { rankVotes } from '#lib/statistics/ranking/rank.ts';
import { collectVotes } from '#lib/statistics/votes/vote-columns.ts';
import { studySpecSchema } from '#lib/studies/schema.ts';
import { parseSpec } from '#lib/studies/spec/parse-spec.ts';
import { apiOf } from '#tests/factories/api.ts';
import { openTestPlatform, TEST_ORIGIN } from '#tests/factories/platform.ts';
import { writeRankedStudy } from '#tests/factories/ranked-study.ts';
import { unzip } from '#tests/factories/unzip.ts';
import { createTestUser } from '#tests/factories/users.ts';

const platform = await openTestPlatform();
const { database } = platform;
const api = apiOf(platform);
const researcher = await createTestUser(platform, 'researcher');
const rater = await createTestUser(platform, 'rater');
const outsider = await createTestUser(platform, 'researcher');

type Written = Awaited<ReturnType<typeof writeRankedStudy>>;

async function writeStudy(slug: string, more = 0) {
  const written = await writeRankedStudy(database, slug, more);
  await database.projectMember.createMany({
    data: [
      { projectId: written.project.id, userId: researcher.id, role: 'researcher' },
      { projectId: written.project.id, userId: rater.id, role: 'rater' },
    ],
  });
  return { ...written, path: `/projects/${written.project.slug}/studies/${slug}` };
}

/** Rounds of votes in which the arm of that name wins 9 of 10 and the others tie. */
async function vote({ study, comparisons, raters }: Written, winner: string, rounds: number) {
  const won = study.arms.find(({ name }) => name === winner)?.id;
  const rows = [];
  for (let n = 0; n < rounds; n++)
    for (const comparison of comparisons)
      for (const question of [0, 1]) {
        const isA = comparison.armAId === won;
        const isIn = isA || comparison.armBId === won;
        const isUpset = (n + comparison.id) % 10 === 0;
        rows.push({
          studyId: study.id,
          comparisonId: comparison.id,
          promptId: comparison.promptId,
          raterId: raters[n % raters.length]?.id ?? '',
          question,
          status: 'counted' as const,
          origin: 'link' as const,
          leftArmId: comparison.armAId,
          rightArmId: comparison.armBId,
          outcome: !isIn
            ? ((['tie', 'left', 'right'] as const)[n % 3] ?? 'tie')
            : isA !== isUpset
              ? ('left' as const)
              : ('right' as const),
        });
      }
  await database.vote.createMany({ data: rows });
  await rankStudy(platform, study.id);
}

const get = async (path: string) =>
  (await api<DecisionsView>('GET', `${path}/decisions`, { cookie: researcher.cookie })).json;

test('a decision is bound to a snapshot, keeps what the rule said, and is looked at again', async () => {
  const written = await writeStudy('motion', 14);
  const { path, study, project } = written;
  expect(await get(path)).toMatchObject({ hasAxis: true, current: null, decisions: [] });
  await vote(written, 'middle', 18);
  const before = await get(path);
  const snapshot = before.current?.snapshot.id ?? 0;
  expect(before.current?.advice?.advice).toMatchObject({ recommendation: 'middle' });
  expect(before.current?.advice?.text).toContain('Take 25 % removed');

  const decide = (cookie: string, body: object) =>
    api<DecisionsView & { code: string }>('POST', `${path}/decisions`, { cookie, body });
  const body = { snapshot, arm: 'middle', reason: 'Keeps most and is best.' };
  expect((await decide(rater.cookie, body)).json.code).toMatch(/FORBIDDEN|NOT_FOUND/);
  expect((await decide(outsider.cookie, body)).json.code).toBe('NOT_FOUND');
  expect((await decide(researcher.cookie, { ...body, reason: ' ' })).status).toBe(400);
  expect((await decide(researcher.cookie, { ...body, arm: 'nobody' })).json.code).toBe('BAD_INPUT');
  const foreign = await writeStudy('foreign');
  await vote(foreign, 'weak', 4);
  const other = (await get(foreign.path)).current?.snapshot.id;
  expect((await decide(researcher.cookie, { ...body, snapshot: other })).json.code).toBe(
    'NOT_FOUND',
  );
  expect(await database.decision.count()).toBe(0);

  const done = await decide(researcher.cookie, body);
  expect(done.json).toMatchObject({
    canDecide: true,
    outdated: { isOutdated: false },
    decisions: [
      { arm: 'middle', level: 0.25, decidedBy: 'The researcher', snapshot: { id: snapshot } },
    ],
  });
  await expect(database.decision.updateMany({ data: { reason: 'Another' } })).rejects.toThrow();
  await expect(
    database.$executeRaw`DELETE FROM decision WHERE study_id = ${study.id}`,
  ).rejects.toThrow();

  // Newer votes say otherwise: the decision stays as it was, with a notice.
  await vote(written, 'weak', 150);
  const after = await get(path);
  expect(after.current?.advice?.advice.recommendation).toBe('weak');
  expect(after.outdated.isOutdated).toBe(true);
  expect(after.outdated.reasons.join(' ')).toMatch(/now recommends “weak”.*“middle” is now shown/s);
  expect(after.decisions[0]?.advice?.advice.recommendation).toBe('middle');

  const filterPath = `/projects/${project.slug}/combined-filter`;
  const filter = await api('GET', filterPath, { cookie: researcher.cookie });
  expect(filter.json).toMatchObject({
    axes: [{ name: 'Motion score', removedFraction: 0.25, keptAlone: 0.75, isOutdated: true }],
    missing: [],
    snapshotIds: [snapshot],
  });
  expect((await api('GET', filterPath, { cookie: outsider.cookie })).status).toBe(404);

  // Left open on purpose: the axis is missing from the filter.
  await decide(researcher.cookie, { snapshot, arm: null, reason: 'Wait for longer training.' });
  const open = await api('GET', filterPath, { cookie: researcher.cookie });
  expect(open.json).toMatchObject({
    axes: [],
    missing: [{ name: 'Motion score', reason: expect.stringContaining('longer training') }],
  });
  expect((await get(path)).decisions).toHaveLength(2);
});

test('a snapshot computed again is the same to the last digit, whatever came later', async () => {
  const written = await writeStudy('again');
  const { path, study } = written;
  await vote(written, 'middle', 12);
  const id = (await get(path)).current?.snapshot.id ?? 0;
  await vote(written, 'weak', 5);
  await database.study.update({
    where: { id: study.id },
    data: { countSimulated: false, seed: 9 },
  });
  const address = `${path}/snapshots/${id}/recompute`;
  const call = (method: string, cookie = researcher.cookie) =>
    api<SnapshotCheckView & { check: SnapshotCheckView | null }>(method, address, {
      cookie,
      ...(method === 'POST' && { body: {} }),
    });
  expect((await call('POST', outsider.cookie)).status).toBe(404);
  expect((await call('GET')).json).toEqual({ check: null });
  expect((await call('POST')).json).toMatchObject({ finishedAt: null, outcome: null });
  // Asking twice is one check.
  await call('POST');
  expect(await database.snapshotCheck.count()).toBe(1);
  const job = platform.asked.findLast(({ name }) => name === 'recompute-snapshot');
  const { checkId } = recomputeSnapshotJob.payload.parse(job?.payload);
  await finishRecompute(platform, checkId);
  const { check } = (await call('GET')).json;
  expect(check?.outcome).toMatchObject({ isComparable: true, isIdentical: true, differences: [] });

  // A digit that somebody changed is found.
  const ranking = await database.ranking.findFirstOrThrow({
    where: { snapshotId: id, method: 'davidson', question: null },
  });
  const result = rankingResultSchema.parse(ranking.result);
  const [arm] = result.arms;
  if (!arm) throw new Error('the ranking is empty');
  await database.ranking.update({
    where: { id: ranking.id },
    data: {
      result: { ...result, arms: [{ ...arm, elo: arm.elo + 1e-9 }, ...result.arms.slice(1)] },
    },
  });
  expect(await recomputeSnapshot(platform, id)).toMatchObject({
    isIdentical: false,
    differences: [{ path: 'davidson/mean.result.arms[0].elo' }],
  });
  await database.snapshot.update({ where: { id }, data: { version: '0.0' } });
  expect(await recomputeSnapshot(platform, id)).toMatchObject({
    isComparable: false,
    text: expect.stringContaining('version 0.0'),
  });
});

test('the bundle holds what its numbers are computed from, and ranks alike', async () => {
  const written = await writeStudy('bundled');
  const { path, study } = written;
  expect((await api('GET', `${path}/methods`, { cookie: researcher.cookie })).status).toBe(404);
  await vote(written, 'middle', 20);
  const id = (await get(path)).current?.snapshot.id ?? 0;
  await api('POST', `${path}/decisions`, {
    cookie: researcher.cookie,
    body: { snapshot: id, arm: 'middle', reason: 'Best by 50 % & more_so.' },
  });
  const input = { project: written.project.slug, study: 'bundled', snapshot: id };
  const actor = { kind: 'system', name: 'test' } as const;
  const read = async () => {
    const { body } = await exportBundle(platform, actor, input);
    return new Uint8Array(await new Response(body).arrayBuffer());
  };
  const bytes = await read();

  const folder = `bundled-r1-snapshot-${id}/`;
  const files = new Map(
    [...unzip(bytes)].map(([name, content]) => [name.slice(folder.length), content]),
  );
  const text = (name: string) => files.get(name)?.toString() ?? '';
  for (const name of [
    ...['README.html', 'study.yaml', 'settings.json', 'analysis.json', 'votes-all.csv'],
    ...['methods.md', 'methods.tex', 'references.bib', 'tables/ratings-mean.tex'],
    ...['tables/differences-mean.tex', 'tables/contrasts-visual-quality.tex'],
    ...['figures/leaderboard-mean.svg', 'figures/differences-mean.png', 'ratings/elo-paper.csv'],
  ])
    expect([...files.keys()]).toContain(name);
  expect(parseSpec(text('study.yaml')).slug).toBe('bundled');
  expect(text('README.html')).not.toMatch(/<script|https?:\/\//);
  expect(text('methods.tex')).toContain('Best by 50 \\% \\& more\\_so.');
  for (const { id: raterId } of written.raters)
    for (const [name, content] of files) expect(content.includes(raterId), name).toBe(false);

  const ratings = JSON.parse(text('ratings/davidson.json')).rankings;
  for (const [position, { key }] of studySpecSchema.parse(study.spec).questions.entries()) {
    const rows = parseCsv(text(`votes/${key}.csv`), { columns: true }) as Record<string, string>[];
    const votes = collectVotes();
    for (const row of rows)
      votes.add({
        left: row.model_a ?? '',
        right: row.model_b ?? '',
        outcome: row.winner === 'tie' ? 'tie' : row.winner === 'model_a' ? 'left' : 'right',
        rater: row.rater ?? null,
        prompt: row.prompt ?? null,
      });
    const ranking = rankVotes(votes.columns(), { method: 'davidson', seed: 5 });
    expect(ranking.votes).toBe(ratings[position].votes);
    for (const arm of ratings[position].arms) {
      const own = ranking.arms.find(({ name }) => name === arm.name);
      expect(own?.elo).toBeCloseTo(arm.elo, 6);
      expect([own?.wins, own?.losses, own?.ties]).toEqual([arm.wins, arm.losses, arm.ties]);
    }
  }

  // Later votes change nothing of it.
  await vote(written, 'weak', 3);
  const served = await createApi(platform)(
    new Request(`${TEST_ORIGIN}/api/v1${path}/exports/bundle?snapshot=${id}`, {
      headers: { cookie: researcher.cookie },
    }),
  );
  expect(served.headers.get('content-type')).toBe('application/zip');
  expect(Buffer.compare(new Uint8Array(await served.arrayBuffer()), bytes)).toBe(0);
  const stranger = await api('GET', `${path}/exports/bundle`, { cookie: outsider.cookie });
  expect(stranger.status).toBe(404);
});

test('a control is no point of the axis', async () => {
  const written = await writeStudy('controlled');
  const spec = written.study.spec as { arms: { name: string; isControl: boolean }[] };
  const arms = spec.arms.map((arm) => ({ ...arm, isControl: arm.name === 'weak' }));
  await database.study.update({
    where: { id: written.study.id },
    data: { spec: { ...spec, arms } },
  });
  await vote(written, 'middle', 10);
  const snapshot = (await get(written.path)).current?.snapshot.id;
  const refused = await api('POST', `${written.path}/decisions`, {
    cookie: researcher.cookie,
    body: { snapshot, arm: 'weak', reason: 'Why not' },
  });
  expect(refused.json).toMatchObject({
    code: 'BAD_INPUT',
    message:
      '"weak" is a control or a replica and no point of the axis; choose "strong", "middle", or none.',
  });
});

test('of captions a mix is decided, which goes into the combined filter', async () => {
  const written = await writeStudy('captions');
  const { id } = written.study;
  const spec = written.study.spec as object;
  const arms = ['strong', 'middle', 'weak'].map((name) => ({
    name,
    source: { model: `caption_${name}` },
  }));
  const kind = 'caption' as const;
  await database.study.update({
    where: { id },
    data: {
      kind,
      spec: studySpecSchema.parse({ ...spec, kind, axis: null, arms, questions: undefined }),
    },
  });
  await database.videoImport.create({
    data: {
      projectId: written.project.id,
      slug: 'runs',
      name: 'Runs',
      kind,
      source: {
        source: {
          kind: 'clip-table',
          dataset: 'clips',
          version: 2,
          columns: arms.map(({ source }) => source.model),
        },
        reach: 'any',
      },
    },
  });
  const filterPath = `/projects/${written.project.slug}/combined-filter`;
  const filter = async () =>
    (await api<CombinedFilter>('GET', filterPath, { cookie: researcher.cookie })).json;
  expect(await get(written.path)).toMatchObject({ hasAxis: false, current: null });
  expect(await filter()).toMatchObject({
    captionMix: null,
    missing: [{ name: 'Captions', study: 'captions', reason: 'Not decided yet.' }],
  });
  await vote(written, 'middle', 10);
  const before = await get(written.path);
  expect(before).toMatchObject({
    captioners: ['strong', 'middle', 'weak'],
    current: { advice: null },
  });
  const snapshot = before.current?.snapshot.id ?? 0;
  const decide = (body: object, cookie = researcher.cookie) =>
    api<DecisionsView & { code: string }>('POST', `${written.path}/decisions`, {
      cookie,
      body: { snapshot, reason: 'As the paper mixed them.', ...body },
    });
  const mix = [
    { arm: 'middle', share: 0.5 },
    { arm: 'strong', share: 0.25 },
    { arm: 'weak', share: 0.25 },
  ];
  expect((await decide({ mix }, rater.cookie)).status).toBe(403);
  for (const wrong of [
    { mix: mix.slice(1) },
    { mix: [...mix.slice(1), { arm: 'nobody', share: 0.5 }] },
    { mix: [...mix.slice(1), { arm: 'weak', share: 0.5 }] },
    { mix: [] },
    { mix: null, arm: 'middle' },
    { mix, snapshot: 123_456 },
  ])
    expect((await decide(wrong)).status, JSON.stringify(wrong)).toBeGreaterThanOrEqual(400);
  expect((await decide({ mix })).json.decisions).toMatchObject([{ arm: null, mix, advice: null }]);
  expect(await filter()).toMatchObject({
    axes: [],
    missing: [],
    snapshotIds: [snapshot],
    captionMix: {
      study: 'captions',
      dataset: { dataset: 'clips', version: 2 },
      columns: [
        { arm: 'middle', column: 'caption_middle', share: 0.5 },
        { arm: 'strong', column: 'caption_strong', share: 0.25 },
        { arm: 'weak', column: 'caption_weak', share: 0.25 },
      ],
    },
  });
  // Left open on purpose: there is no mix any more.
  await decide({ mix: null, reason: 'Better captioners come.' });
  expect(await filter()).toMatchObject({
    captionMix: null,
    missing: [{ reason: expect.stringContaining('Better captioners') }],
  });
});

test('an axis is not decided by a mix', async () => {
  const written = await writeStudy('mixed');
  await vote(written, 'middle', 4);
  const snapshot = (await get(written.path)).current?.snapshot.id;
  const refused = await api('POST', `${written.path}/decisions`, {
    cookie: researcher.cookie,
    body: { snapshot, mix: [{ arm: 'middle', share: 1 }], reason: 'Why not' },
  });
  expect(refused).toMatchObject({ status: 400, json: { code: 'BAD_INPUT' } });
});

test('the combined filter as YAML reads back', async () => {
  const project = await database.project.findFirstOrThrow({ where: { slug: 'project-motion' } });
  const actor = { kind: 'system', name: 'test' } as const;
  const read = async (format: 'json' | 'yaml') =>
    (await exportCombinedFilter(platform, actor, { project: project.slug, format })).text();
  expect(parse(await read('yaml'))).toEqual(JSON.parse(await read('json')));
});
