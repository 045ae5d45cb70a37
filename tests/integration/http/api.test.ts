import { expect, test } from 'vitest';
import { apiOf } from '#tests/factories/api.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';
import { createTestUser } from '#tests/factories/users.ts';

const platform = await openTestPlatform();
const api = apiOf(platform);
const admin = await createTestUser(platform, 'admin');

test('answers with the output of the use case', async () => {
  const { status, json } = await api('GET', '/me', { cookie: admin.cookie });
  expect({ status, json }).toEqual({
    status: 200,
    json: { id: admin.id, email: admin.email, name: 'The admin', role: 'admin' },
  });
});

test('input that the contract refuses is BAD_INPUT and names the field', async () => {
  const { status, json } = await api('POST', '/users', {
    cookie: admin.cookie,
    body: { email: 'nobody', name: 'A', role: 'rater', password: 'long enough for this' },
  });
  expect(status).toBe(400);
  expect(json).toMatchObject({
    code: 'BAD_INPUT',
    message: 'Check "email": write an e-mail address such as ada@example.org.',
    data: { field: 'email' },
  });
});

test('a body that is not JSON is BAD_INPUT', async () => {
  const { status, json } = await api('POST', '/projects', {
    cookie: admin.cookie,
    headers: { 'content-type': 'application/json' },
  });
  expect(status).toBe(400);
  expect(json.code).toBe('BAD_INPUT');
});

test('an address that is not there is NOT_FOUND as JSON', async () => {
  const { status, json } = await api('GET', '/nothing', { cookie: admin.cookie });
  expect({ status, code: json.code }).toEqual({ status: 404, code: 'NOT_FOUND' });
});

test('an error that nobody foresaw is logged and says nothing of itself', async () => {
  const logged: { id: string; err: Error }[] = [];
  const log = Object.assign(Object.create(platform.log), {
    error: (line: { id: string; err: Error }) => logged.push(line),
  });
  const database = Object.assign(Object.create(platform.database), {
    project: {
      findMany: () => Promise.reject(new Error('secret column does not exist')),
    },
  });
  const broken = apiOf({ ...platform, database, log });
  const { status, json } = await broken('GET', '/projects', { cookie: admin.cookie });
  expect(status).toBe(500);
  expect(JSON.stringify(json)).not.toContain('secret column');
  expect(logged).toHaveLength(1);
  expect(json.data.id).toBe(logged[0]?.id);
  expect(logged[0]?.err.message).toBe('secret column does not exist');
});

test('the OpenAPI document describes every address', async () => {
  const { status, json } = await api<{ openapi: string; paths: object }>('GET', '/openapi.json');
  expect(status).toBe(200);
  expect(json.openapi).toMatch(/^3\.1\./);
  expect(Object.keys(json.paths)).toContain('/projects/{project}/members/{userId}');
});
