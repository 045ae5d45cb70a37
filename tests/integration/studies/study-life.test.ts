import { beforeAll, expect, test } from 'vitest';
import type { Checklist } from '#lib/studies/checklist/schema.ts';
import type { Grid, StudyDetail, StudySummary } from '#lib/studies/overview/schema.ts';
import { apiOf } from '#tests/factories/api.ts';
import { createImportedVideos, pretendRendered } from '#tests/factories/imported-videos.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';
import { createTestUser } from '#tests/factories/users.ts';

const platform = await openTestPlatform();
const api = apiOf(platform);
const admin = await createTestUser(platform, 'admin');
const cookie = admin.cookie;
const { database } = platform;

const ARMS = ['removed-0', 'removed-25', 'removed-50'];
const PROMPTS = ['p1', 'p2'];
const FACTS = '{ base: sd21, recipe: r1, sampler: ddim, steps: 40000 }';

const yamlOf = (slug: string, arms = ARMS) => `slug: ${slug}
title: Motion filter
import: clips
axis: { kind: removed-fraction, name: Motion }
arms:
${arms.map((arm) => `  - { name: ${arm}, level: ${Number(arm.split('-')[1]) / 100}, hyperparameters: ${FACTS} }`).join('\n')}
prompts:
  - { key: p1, text: A boat }
  - { key: p2, text: A horse }
rendition: { width: 128, height: 64, fps: 8 }
`;

beforeAll(async () => {
  const project = await database.project.create({ data: { slug: 'lab', name: 'Lab' } });
  await createImportedVideos(platform, {
    projectId: project.id,
    slug: 'clips',
    models: ARMS,
    prompts: PROMPTS,
  });
});

const call = <Json>(method: string, path: string, body?: unknown) =>
  api<Json>(method, `/projects/lab/studies${path}`, {
    cookie,
    ...(body === undefined ? {} : { body }),
  });
const create = async (slug: string) => {
  const answer = await call<StudyDetail>('POST', '', { yaml: yamlOf(slug) });
  expect(answer.status).toBe(200);
  return answer.json;
};
const idOf = async (slug: string, revision = 1) =>
  (await database.study.findFirstOrThrow({ where: { slug, revision } })).id;
const open = async (slug: string) => {
  await create(slug);
  await pretendRendered(platform, await idOf(slug));
  const answer = await call<StudyDetail>('POST', `/${slug}/open`, {});
  expect(answer.json).toMatchObject({ state: 'running' });
};

test('a study from YAML is a draft with its arms, prompts and waiting renditions', async () => {
  const study = await create('life');
  expect(study).toMatchObject({
    state: 'draft',
    revision: 1,
    prompts: 2,
    estimate: { armPairs: 3, comparisons: 6, cells: 12, votes: 36 },
    progress: { renditions: { wanted: 6, ready: 0, waiting: 6, failed: 0 } },
  });
  expect(study.raterUrl).toMatch(/^http:\/\/winnow\.test\/rate\/[\w-]{16}$/);
  expect(study.trialUrl).not.toBe(study.raterUrl);
  expect(platform.asked).toContainEqual({
    name: 'render-study',
    payload: { studyId: await idOf('life') },
  });
  const checklist = await call<Checklist>('GET', '/life/checklist');
  expect(checklist.json.canOpen).toBe(false);
  expect(checklist.json.items.map((item) => item.code)).toEqual([
    'rendition-waiting',
    'example-missing',
  ]);
});

test('YAML mistakes come back with their line, a taken slug as a conflict', async () => {
  const bad = await call<{ data: { problems: string[] } }>('POST', '', {
    yaml: yamlOf('x').replace('level: 0.25', 'level: a lot'),
  });
  expect(bad.status).toBe(400);
  expect(bad.json.data.problems[0]).toMatch(/^arms\[1\]\.level \(line 7\): /);
  await create('taken');
  expect((await call('POST', '', { yaml: yamlOf('taken') })).status).toBe(409);
  expect((await call('POST', '', {})).status).toBe(400);
});

test('opening makes every comparison and cell once, and only when the checklist is clean', async () => {
  await create('opening');
  const refused = await call<{ data: { reason: string; problems: string[] } }>(
    'POST',
    '/opening/open',
    {},
  );
  expect(refused).toMatchObject({ status: 409, json: { data: { reason: 'checklist' } } });
  const studyId = await idOf('opening');
  expect(await database.comparison.count({ where: { studyId } })).toBe(0);

  await pretendRendered(platform, studyId);
  const answers = await Promise.all([1, 2, 3].map(() => call('POST', '/opening/open', {})));
  expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);
  expect(await database.comparison.count({ where: { studyId, kind: 'regular' } })).toBe(6);
  const cells = await database.cell.findMany({ where: { studyId } });
  expect(cells).toHaveLength(12);
  expect(cells.every((cell) => cell.wanted === 3 && cell.counted === 0 && cell.load === 0)).toBe(
    true,
  );
  expect(new Set(cells.map((cell) => cell.shuffle)).size).toBe(12);
});

test('a comparison that a trial made before the opening is taken over', async () => {
  await create('trial');
  const studyId = await idOf('trial');
  await pretendRendered(platform, studyId);
  const [a, b] = await database.rendition.findMany({
    where: { studyId, prompt: { key: 'p1' } },
    orderBy: { arm: { position: 'asc' } },
  });
  if (!a || !b) throw new Error('the study has no renditions');
  const made = await database.comparison.create({
    data: {
      studyId,
      promptId: a.promptId,
      armAId: a.armId,
      armBId: b.armId,
      renditionAId: a.id,
      renditionBId: b.id,
    },
  });
  expect((await call('POST', '/trial/open', {})).status).toBe(200);
  expect(await database.comparison.count({ where: { studyId } })).toBe(6);
  expect(await database.cell.count({ where: { comparisonId: made.id } })).toBe(2);
});

test('a study pauses, goes on, closes for good, and is archived only then', async () => {
  await open('states');
  const state = async (action: string) =>
    (await call<StudyDetail>('POST', `/states/${action}`, {})).json.state;
  expect((await call('POST', '/states/resume', {})).status).toBe(200);
  expect(await state('pause')).toBe('paused');
  expect((await call('PUT', '/states/archived', { archived: true })).status).toBe(409);
  expect(await state('resume')).toBe('running');
  expect((await call('DELETE', '/states', {})).status).toBe(409);
  expect((await call('PUT', '/states', { yaml: yamlOf('states') })).status).toBe(409);
  expect(await state('close')).toBe('closed');
  expect((await call('POST', '/states/resume', {})).status).toBe(409);
  expect((await call('PUT', '/states/archived', { archived: true })).status).toBe(200);
  const slugs = async (query: string) =>
    (await call<{ studies: StudySummary[] }>('GET', query)).json.studies.map((study) => study.slug);
  expect(await slugs('')).not.toContain('states');
  expect(await slugs('?archived=true')).toEqual(['states']);
});

test('changed arms of a running study make the next revision, and votes keep theirs', async () => {
  await open('revised');
  const first = (await call<StudyDetail>('GET', '/revised')).json;
  const revised = await call<StudyDetail>('POST', '/revised/revisions', {
    yaml: yamlOf('revised', ARMS.slice(0, 2)),
  });
  expect(revised.json).toMatchObject({ revision: 2, state: 'draft', raterUrl: first.raterUrl });
  expect((await call<StudyDetail>('GET', '/revised?revision=1')).json.state).toBe('running');

  await pretendRendered(platform, await idOf('revised', 2));
  expect((await call<StudyDetail>('POST', '/revised/open', {})).json.state).toBe('running');
  const old = (await call<StudyDetail>('GET', '/revised?revision=1')).json;
  expect(old).toMatchObject({ state: 'closed', wanted: 36 });
  expect(old.closedAt).not.toBeNull();
  expect((await call<StudyDetail>('GET', '/revised')).json).toMatchObject({
    revision: 2,
    wanted: 12,
    revisions: [
      { revision: 2, state: 'running' },
      { revision: 1, state: 'closed' },
    ],
  });
});

test('lighter changes of a running study are made in place, and more votes a cell at once', async () => {
  await open('light');
  const answer = await call<StudyDetail>('POST', '/light/revisions', {
    yaml: `${yamlOf('light').replace('Motion filter', 'Motion')}votesPerCell: 5\n`,
  });
  expect(answer.json).toMatchObject({ revision: 1, title: 'Motion', state: 'running', wanted: 60 });
  expect(
    (
      await call('POST', '/light/revisions', {
        yaml: `${yamlOf('light').replace('Motion filter', 'Motion')}votesPerCell: 5\n`,
      })
    ).status,
  ).toBe(409);
});

test('differences block a filter study until each is accepted, and ask again when they change', async () => {
  const differing = (steps: number) => yamlOf('differ').replace('steps: 40000', `steps: ${steps}`);
  await call('POST', '', { yaml: differing(1) });
  await pretendRendered(platform, await idOf('differ'));
  const before = await call<Checklist>('GET', '/differ/checklist');
  expect(before.json).toMatchObject({ canOpen: false, differencesBlock: true });
  expect(before.json.differences).toMatchObject([
    { field: 'hyperparameters.steps', label: 'steps', acknowledgement: null },
  ]);
  const acknowledge = (field: string, reason: string) =>
    call<Checklist>('POST', '/differ/acknowledgements', { field, reason });
  expect((await acknowledge('hyperparameters.nothing', 'why not')).status).toBe(404);
  expect((await acknowledge('hyperparameters.steps', ' ')).status).toBe(400);
  const after = await acknowledge('hyperparameters.steps', 'The first arm was stopped early.');
  expect(after.json.canOpen).toBe(true);
  expect(after.json.differences[0]?.acknowledgement).toMatchObject({
    by: 'The admin',
    isCurrent: true,
  });

  await call('PUT', '/differ', { yaml: differing(2) });
  const changed = await call<Checklist>('GET', '/differ/checklist');
  expect(changed.json.differences[0]?.acknowledgement?.isCurrent).toBe(false);
  expect(changed.json.canOpen).toBe(false);
});

test('the checklist names missing and refused videos, empty prompts and missing levels', async () => {
  await database.video.updateMany({
    where: { model: 'removed-50', prompt: 'p2' },
    data: { state: 'refused', reason: 'The file is text, not a video.' },
  });
  const yaml = yamlOf('gaps')
    .replace('text: A horse', 'text: ""')
    .replace('level: 0.25', 'level: null')
    .replace('name: removed-0,', 'name: removed-0, source: { model: nobody },');
  await call('POST', '', { yaml });
  const { items } = (await call<Checklist>('GET', '/gaps/checklist')).json;
  const of = (code: string) => items.find((item) => item.code === code);
  expect(of('video-missing')?.names).toEqual(['removed-0 / p1', 'removed-0 / p2']);
  expect(of('video-refused')?.names).toEqual(['removed-50 / p2: The file is text, not a video.']);
  expect(of('prompt-text-missing')?.names).toEqual(['p2']);
  expect(of('level-missing')?.names).toEqual(['removed-25']);

  await database.video.updateMany({
    where: { model: 'removed-50', prompt: 'p2' },
    data: { state: 'accepted', reason: null },
  });
  const renewed = await call<Checklist>('POST', '/gaps/renditions', {});
  expect(renewed.json.items.some((item) => item.code === 'video-refused')).toBe(false);
  expect(renewed.json.renditions.waiting).toBe(4);
});

test('the grid comes prompt by prompt with addresses that only researchers get', async () => {
  await create('grid');
  await pretendRendered(platform, await idOf('grid'));
  const { json } = await call<Grid>('GET', '/grid/grid?offset=1&limit=1');
  expect(json).toMatchObject({ totalPrompts: 2, prompts: [{ key: 'p2', position: 1 }] });
  expect(json.prompts[0]?.renditions.map((rendition) => rendition.arm)).toEqual([0, 1, 2]);
  expect(json.prompts[0]?.renditions[0]?.videoUrl).toMatch(/^\/api\/media\/rendition\/\d+\/video$/);
});

test('a suggestion can be created as it is, and what was written can be read back', async () => {
  const suggested = await api<{ spec: { slug: string }; yaml: string }>(
    'GET',
    '/projects/lab/imports/clips/study-spec',
    { cookie },
  );
  expect(suggested.json.spec).toMatchObject({
    slug: 'clips',
    axis: { kind: 'removed-fraction' },
    arms: [{ level: 0 }, { level: 0.25 }, { level: 0.5 }],
    prompts: [{ key: 'p1', text: 'Text of p1' }, { key: 'p2' }],
    rendition: { width: 128, height: 64, fps: 8 },
  });
  expect((await call('POST', '', { spec: suggested.json.spec })).status).toBe(200);
  const written = await call<{ yaml: string }>('GET', '/clips/spec');
  expect(written.json.yaml).toBe(suggested.json.yaml);
  const copy = await call<StudyDetail>('POST', '/clips/duplicate', { slug: 'clips-copy' });
  expect(copy.json).toMatchObject({ slug: 'clips-copy', title: 'clips (copy)', state: 'draft' });
  expect((await call('DELETE', '/clips-copy', {})).status).toBe(200);
  expect((await call('GET', '/clips-copy')).status).toBe(404);
});

test('switching simulated votes off is one call', async () => {
  await create('sources');
  const answer = await call<StudyDetail>('PUT', '/sources/vote-sources', { simulated: false });
  expect(answer.json.counts).toEqual({ simulated: false, imported: true });
});
