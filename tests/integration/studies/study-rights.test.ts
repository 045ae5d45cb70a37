import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { createApi } from '#lib/http/serve-api.ts';
import { studiesContract } from '#lib/studies/contract.ts';
import { findPicture } from '#lib/studies/pictures/find-picture.ts';
import { findRenditionMedia } from '#lib/studies/renditions/find-rendition-media.ts';
import { apiOf } from '#tests/factories/api.ts';
import { createImportedVideos, pretendRendered } from '#tests/factories/imported-videos.ts';
import { openTestPlatform, TEST_ORIGIN } from '#tests/factories/platform.ts';
import { createTestUser } from '#tests/factories/users.ts';

const platform = await openTestPlatform();
const api = apiOf(platform);
const { database } = platform;
const outsider = await createTestUser(platform, 'researcher');
const member = await createTestUser(platform, 'researcher');
const rater = await createTestUser(platform, 'rater');

const YAML = `slug: secret
title: Secret
import: clips
arms: [{ name: a }, { name: b }]
prompts: [{ key: p1, text: A boat }]
`;

beforeAll(async () => {
  const project = await database.project.create({ data: { slug: 'lab', name: 'Lab' } });
  await database.project.create({ data: { slug: 'other', name: 'Other' } });
  await database.projectMember.createMany({
    data: [
      { projectId: project.id, userId: member.id, role: 'researcher' },
      { projectId: project.id, userId: rater.id, role: 'rater' },
    ],
  });
  await createImportedVideos(platform, {
    projectId: project.id,
    slug: 'clips',
    models: ['a', 'b'],
    prompts: ['p1'],
  });
  const created = await api('POST', '/projects/lab/studies', {
    cookie: member.cookie,
    body: { yaml: YAML },
  });
  expect(created.status).toBe(200);
  await pretendRendered(platform, (await database.study.findFirstOrThrow()).id);
});

/** A call of each procedure with input that would pass. */
const BODIES: Readonly<Record<string, object>> = {
  create: { yaml: YAML.replace('secret', 'mine') },
  checkSpec: { yaml: YAML },
  update: { yaml: YAML },
  revise: { yaml: YAML },
  duplicate: { slug: 'copy' },
  archive: { archived: true },
  acknowledge: { field: 'x', reason: 'because' },
  setVoteSources: { simulated: false },
  excludeRater: { because: 'other', reason: 'because' },
  includeRater: { reason: 'because' },
};
const calls = Object.entries(studiesContract)
  // These take files, and are tried by their own tests.
  .filter(([name]) => !['addPicture', 'importVotes', 'importScores'].includes(name))
  .map(([name, procedure]) => {
    const { method = 'GET', path = '' } = procedure['~orpc'].route;
    return {
      name,
      method,
      path: path
        .replace('{project}', 'lab')
        .replace('{study}', 'secret')
        .replace('{import}', 'clips')
        .replace('{rater}', 'r-0123456789'),
      body: method === 'GET' ? undefined : (BODIES[name] ?? {}),
    };
  });

test.each(calls)(
  '$name: nobody but the project’s researchers may',
  async ({ method, path, body }) => {
    const call = (cookie?: string) =>
      api(method, path, { ...(cookie && { cookie }), ...(body && { body }) });
    expect((await call()).status).toBe(401);
    // Who may not see the project learns nothing of what is in it.
    expect((await call(outsider.cookie)).status).toBe(404);
    expect([403, 404]).toContain((await call(rater.cookie)).status);
    const study = await database.study.findMany();
    expect(study).toHaveLength(1);
    expect(study[0]).toMatchObject({ state: 'draft', countSimulated: true, archivedAt: null });
  },
);

test('a write from another site is refused', async () => {
  const { status } = await api('POST', '/projects/lab/studies/secret/open', {
    cookie: member.cookie,
    body: {},
    headers: { origin: 'https://evil.example' },
  });
  expect(status).toBe(403);
});

test('renditions are for people of their project', async () => {
  const { id } = await database.rendition.findFirstOrThrow();
  const find = (actor: (typeof member)['actor']) =>
    findRenditionMedia(platform, actor, { id, medium: 'poster' });
  expect(await find(member.actor)).toMatchObject({ contentType: 'image/webp' });
  for (const actor of [outsider.actor, rater.actor, { kind: 'anonymous' } as const])
    await expect(find(actor)).rejects.toMatchObject({
      code: expect.stringMatching(/NOT_FOUND|UNAUTHENTICATED/),
    });
  await expect(
    findRenditionMedia(platform, member.actor, { id: 2_000_000_000, medium: 'video' }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a picture belongs to its project and can be named by its prompts alone', async () => {
  const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  const send = (cookie: string) => {
    const form = new FormData();
    form.append('picture', new File([new Uint8Array(picture)], 'arm-seven.png'));
    return upload('/projects/lab/pictures', cookie, form);
  };
  expect((await send(outsider.cookie)).status).toBe(404);
  const added = await send(member.cookie);
  expect(added).toMatchObject({ status: 200, json: { width: 8, height: 8 } });
  const { hash } = added.json as { hash: string };
  const of = (project: string, actor: (typeof member)['actor']) =>
    findPicture(platform, actor, { project, hash });
  expect(await of('lab', member.actor)).toMatchObject({ hash });
  await expect(of('lab', outsider.actor)).rejects.toMatchObject({ code: 'NOT_FOUND' });

  const withImage = (image: string) =>
    api<{ data: { problems: string[] } }>('PUT', '/projects/lab/studies/secret', {
      cookie: member.cookie,
      body: { yaml: YAML.replace('text: A boat', `text: '', images: ['${image}']`) },
    });
  const unknown = await withImage('0'.repeat(64));
  expect(unknown.status).toBe(400);
  expect(unknown.json.data.problems[0]).toMatch(/^prompts\[0\]\.images\[0\]: /);
  expect((await withImage(hash)).status).toBe(200);
});

async function upload(path: string, cookie: string, form: FormData) {
  const response = await createApi(platform)(
    new Request(`${TEST_ORIGIN}/api/v1${path}`, {
      method: 'POST',
      body: form,
      headers: { cookie, origin: TEST_ORIGIN, host: new URL(TEST_ORIGIN).host },
    }),
  );
  return { status: response.status, json: (await response.json()) as unknown };
}
