import { expect, test } from 'vitest';
import { addAxisDirectly } from '#lib/datasets/axes/add-axis-directly.ts';
import { newAxisSchema } from '#lib/datasets/axes/schema.ts';
import type { CombinedResult, FilterLinks } from '#lib/reports/confirmation/schema.ts';
import type { StudyDetail } from '#lib/studies/overview/schema.ts';
import { type StudySpecInput, studySpecSchema } from '#lib/studies/schema.ts';
import { apiOf } from '#tests/factories/api.ts';
import { makeClipTable } from '#tests/factories/clip-table.ts';
import { openTestFolder, SYSTEM } from '#tests/factories/imports.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';
import { writeRankedStudy } from '#tests/factories/ranked-study.ts';
import { createTestUser } from '#tests/factories/users.ts';

const platform = await openTestPlatform();
const { database } = platform;
const api = apiOf(platform);
const { cookie, id: userId } = await createTestUser(platform, 'researcher');
const outsider = await createTestUser(platform, 'researcher');
const project = await database.project.create({ data: { slug: 'lab', name: 'Lab' } });
await database.projectMember.create({
  data: { projectId: project.id, userId, role: 'researcher' },
});
const folder = openTestFolder();
const CLIPS = 400;
await makeClipTable(platform, folder, {
  project: 'lab',
  dataset: 'clips',
  select: `SELECT md5('clip-' || i) AS uid, i || '.mp4' AS path, (i % 100)::DOUBLE AS aes,
      (i // 4)::DOUBLE AS flow, 'a' || i AS coca, 'b' || i AS vblip FROM range(${CLIPS}) r(i)`,
  columns: [
    { name: 'aes', kind: 'score', type: 'DOUBLE' },
    { name: 'flow', kind: 'score', type: 'DOUBLE' },
    { name: 'coca', kind: 'caption', type: 'VARCHAR' },
    { name: 'vblip', kind: 'caption', type: 'VARCHAR' },
  ],
});
for (const score of ['aes', 'flow'])
  await addAxisDirectly(
    platform,
    SYSTEM,
    {
      project: 'lab',
      dataset: 'clips',
      ...newAxisSchema.parse({ name: score, definition: { score, direction: 'low' } }),
    },
    { signal: new AbortController().signal },
  );

/** A study of the project on which something is decided: 25 % removed, or a mix. */
async function decided(slug: string, changes: Partial<StudySpecInput>, mix?: object[]) {
  const { study } = await writeRankedStudy(database, slug);
  const spec = studySpecSchema.parse({
    ...(study.spec as object),
    questions: undefined,
    arms: [
      { name: 'strong', level: 0, hyperparameters: { steps: 40_000 } },
      { name: 'middle', level: 0.25, hyperparameters: { steps: 40_000 } },
    ],
    ...changes,
  });
  await database.study.update({
    where: { id: study.id },
    data: { projectId: project.id, kind: spec.kind, spec },
  });
  const snapshot = await database.snapshot.create({
    data: { studyId: study.id, watermark: 0, seed: 1, version: '1', exclusion: {}, breakdown: {} },
  });
  await database.decision.create({
    data: {
      studyId: study.id,
      snapshotId: snapshot.id,
      armId: mix ? null : (study.arms[1]?.id ?? null),
      ...(mix && { mix }),
      reason: 'Best.',
      rule: spec.decision,
      advice: {
        ...{ verdict: 'not-resolved', recommendation: null, leading: null, reference: null },
        reason: {
          ...{ code: 'nothing-to-compare', arm: null, against: null },
          ...{ difference: null, low: null, high: null },
        },
        ...{ moreVotes: null, perArm: [] },
      },
    },
  });
}
await decided('motion', {
  axis: {
    kind: 'removed-fraction',
    name: 'How much moves',
    dataset: { dataset: 'clips', version: 1, axis: 'flow' },
  },
});
await decided('beauty', { axis: { kind: 'removed-fraction', name: 'AES' } });
await decided(
  'captions',
  {
    kind: 'caption',
    axis: null,
    arms: ['strong', 'middle'].map((name, place) => ({
      name,
      source: { model: place === 0 ? 'coca' : 'vblip' },
    })),
  },
  [
    { arm: 'strong', share: 0.75 },
    { arm: 'middle', share: 0.25 },
  ],
);

const PATH = '/projects/lab/combined-filter/datasets/clips';

test('decided axes find their axes of the dataset, are cut together, and a study confirms them', async () => {
  const links = await api<FilterLinks>('GET', PATH, { cookie });
  expect(links.json).toMatchObject({
    version: 1,
    axes: [
      { name: 'AES', removedFraction: 0.25, suggested: 'aes' },
      { name: 'How much moves', removedFraction: 0.25, suggested: 'flow' },
    ],
    mix: { columns: [{ column: 'coca', share: 0.75 }, { column: 'vblip' }], lacking: [] },
  });
  const body = {
    links: links.json.axes.map(({ name, suggested }) => ({ axis: name, datasetAxis: suggested })),
  };
  const make = () => api<CombinedResult>('POST', PATH, { cookie, body });
  const { json: made } = await make();
  // 100 of 400 by each; a clip i is kept where i % 100 >= 25 and i >= 100.
  expect(made).toMatchObject({
    subset: {
      clips: 225,
      counts: { sampled: 400, together: 225, alone: [{ kept: 300 }, { kept: 300 }] },
      definition: { captionMix: { columns: [{ column: 'coca', weight: 0.75 }, {}] } },
    },
    control: { clips: 225, isControl: true },
  });
  expect((await make()).json.subset.slug).toBe(made.subset.slug);

  const confirm = (more: object = {}) =>
    api<{ study: string; code: string }>('POST', `${PATH}/confirmation`, {
      cookie,
      body: { subset: made.subset.slug, control: made.control?.slug, ...more },
    });
  const { json: prepared } = await confirm();
  expect(prepared).toEqual({ study: 'confirmation', unlike: [] });
  const study = await api<StudyDetail>('GET', '/projects/lab/studies/confirmation', { cookie });
  expect(study.json).toMatchObject({ state: 'draft', kind: 'video', prompts: 2 });
  const row = await database.study.findFirstOrThrow({ where: { slug: 'confirmation' } });
  expect(studySpecSchema.parse(row.spec)).toMatchObject({
    axis: null,
    import: 'confirmation',
    arms: [
      { name: 'curated', clips: 225, hyperparameters: { steps: 40_000 } },
      { name: 'uncurated', clips: 225, hyperparameters: { steps: 40_000 } },
    ],
  });
  // Another one does not touch the first.
  expect((await confirm()).json.study).toBe('confirmation-2');
  expect((await confirm({ control: made.subset.slug })).json.code).toBe('BAD_INPUT');
});

test('what was not decided, or has no cut, is refused; so is a stranger', async () => {
  const post = (body: object, who = cookie) =>
    api<{ code: string; message: string }>('POST', PATH, { cookie: who, body });
  for (const [link, words] of [
    [{ axis: 'Unknown', datasetAxis: 'aes' }, 'named "Unknown"'],
    [{ axis: 'AES', datasetAxis: 'ocr' }, 'no computed axis "ocr"'],
  ] as const)
    expect((await post({ links: [link] })).json).toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining(words),
    });
  expect((await post({ links: [], withMix: false })).json.code).toBe('BAD_INPUT');
  expect((await post({ links: [] }, outsider.cookie)).status).toBe(404);
  expect((await api('GET', PATH, { cookie: outsider.cookie })).status).toBe(404);
});

test('the captions alone can be mixed', async () => {
  const made = await api<CombinedResult>('POST', PATH, {
    cookie,
    body: { name: 'All, mixed', links: [], seed: 3 },
  });
  expect(made.json.subset).toMatchObject({ clips: CLIPS, definition: { captionMix: { seed: 3 } } });
});
