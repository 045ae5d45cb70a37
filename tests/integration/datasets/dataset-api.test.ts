import { expect, test } from 'vitest';
import { UPLOAD_LIMIT_BYTES } from '#lib/datasets/add-upload.ts';
import { runRegistration } from '#lib/datasets/run-registration.ts';
import type { VersionDetail } from '#lib/datasets/schema.ts';
import { apiOf } from '#tests/factories/api.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';
import { createTestUser } from '#tests/factories/users.ts';

const platform = await openTestPlatform();
const { database } = platform;
const { id: projectId } = await database.project.create({ data: { slug: 'lab', name: 'Lab' } });
const call = apiOf(platform);
const member = await createTestUser(platform, 'researcher');
await database.projectMember.create({ data: { projectId, userId: member.id, role: 'researcher' } });
const { cookie } = member;
const BASE = '/projects/lab';

test('a table is sent, looked at, registered and followed to its end', async () => {
  const file = new File(['path,aes,text\na.mp4,5,"A dog"\nb.mp4,6,"A cat"\n'], 'my clips.csv');
  const sent = await call<{ token: string; name: string; bytes: number }>(
    'POST',
    `${BASE}/dataset-uploads`,
    { cookie, body: { file } },
  );
  expect(sent).toMatchObject({ status: 200, json: { name: 'my clips.csv', bytes: 46 } });
  const source = { kind: 'upload', token: sent.json.token, name: sent.json.name };
  const preview = await call<{ mapping: object }>('POST', `${BASE}/dataset-previews`, {
    cookie,
    body: { source },
  });
  expect(preview.json.mapping).toMatchObject({ path: 'path', captions: { text: 'text' } });
  const asked = await call<VersionDetail>('POST', `${BASE}/datasets`, {
    cookie,
    body: { name: 'My clips', source, mapping: preview.json.mapping },
  });
  expect(asked).toMatchObject({ status: 200, json: { dataset: 'my-clips', state: 'waiting' } });
  const again = await call<VersionDetail>('POST', `${BASE}/datasets`, {
    cookie,
    body: { name: 'My clips', source, mapping: preview.json.mapping },
  });
  expect(again.json.number).toBe(1);
  expect(platform.asked.filter(({ name }) => name === 'register-dataset')).toHaveLength(1);
  const { id } = await database.datasetVersion.findFirstOrThrow();
  await runRegistration(platform, id, { signal: new AbortController().signal });
  const got = await call<VersionDetail>('GET', `${BASE}/datasets/my-clips`, { cookie });
  expect(got.json).toMatchObject({ state: 'done', clips: 2, validation: { rows: 2, refused: 0 } });
  const retried = await call('POST', `${BASE}/datasets/my-clips/versions/1/retry`, {
    cookie,
    body: {},
  });
  expect(retried).toMatchObject({ status: 409 });
  const listed = await call<{ datasets: object[] }>('GET', `${BASE}/datasets`, { cookie });
  expect(listed.json.datasets).toMatchObject([{ slug: 'my-clips', versions: [{ number: 1 }] }]);
});

test('a table that is too large is refused, and nothing of it is kept', async () => {
  const file = new File([new Uint8Array(UPLOAD_LIMIT_BYTES + 1)], 'large.csv');
  const sent = await call('POST', `${BASE}/dataset-uploads`, { cookie, body: { file } });
  expect(sent).toMatchObject({ status: 413, json: { code: 'TOO_LARGE' } });
});

test('a mapping that is none is refused field by field', async () => {
  const source = { kind: 'server', path: '/srv/a.csv' };
  const body = { name: 'X', source, mapping: { path: 'p', scores: { 'bad name': 'a' } } };
  expect(await call('POST', `${BASE}/datasets`, { cookie, body })).toMatchObject({
    status: 400,
    json: { code: 'BAD_INPUT' },
  });
});
