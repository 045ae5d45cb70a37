import { type APIRequestContext, expect, request } from '@playwright/test';
import type { ProjectView, Role, UserView } from '#lib/accounts/schema.ts';
import { printedLink } from './server.ts';

export interface Person {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** The first admin of this run's server. */
export const ADMIN: Person = {
  name: 'Ada Lovelace',
  email: 'ada@example.org',
  password: 'correct horse battery',
};

export function serverUrl(): string {
  return process.env.WINNOW_E2E_URL ?? '';
}

/** A browser's requests without a browser, with nobody's cookies. */
export function asNobody(): Promise<APIRequestContext> {
  return request.newContext({
    baseURL: serverUrl(),
    extraHTTPHeaders: { origin: new URL(serverUrl()).origin },
  });
}

/** Requests of the first admin, who is made by the printed link when nobody used it yet. */
export async function asAdmin(): Promise<APIRequestContext> {
  const context = await asNobody();
  const token = printedLink('Make the first admin').split('/').at(-1);
  const made = await context.post(`/api/v1/setup/${token}`, { data: ADMIN });
  expect([200, 410]).toContain(made.status());
  await signIn(context, ADMIN);
  return context;
}

/** Signs in as the sign-in page does. */
export async function signIn(context: APIRequestContext, person: Person): Promise<void> {
  const { csrfToken } = await (await context.get('/api/auth/csrf')).json();
  const answer = await context.post('/api/auth/callback/credentials', {
    form: { email: person.email, password: person.password, csrfToken, json: 'true' },
  });
  expect(answer.status()).toBe(200);
}

let people = 0;

/** Requests of a new user. */
export async function asNewUser(
  admin: APIRequestContext,
  role: Role,
): Promise<{ context: APIRequestContext; user: UserView }> {
  people++;
  const person = {
    name: `The ${role}`,
    email: `${role}-${people}-${process.pid}@example.org`,
    password: 'a long enough password',
  };
  const made = await admin.post('/api/v1/users', { data: { ...person, role } });
  expect(made.status()).toBe(201);
  const context = await asNobody();
  await signIn(context, person);
  return { context, user: await made.json() };
}

export async function newProject(context: APIRequestContext, name: string): Promise<ProjectView> {
  const made = await context.post('/api/v1/projects', { data: { name } });
  expect(made.status()).toBe(201);
  return made.json();
}
