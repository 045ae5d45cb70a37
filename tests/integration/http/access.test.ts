// S2 and S4 over the whole API, generated from the contract and the tables of rights. S3 holds, too:
// nothing stands before these handlers.
import { expect, test } from 'vitest';
import * as z from 'zod';
import {
  GRANTS,
  grantOf,
  mayInProject,
  type ProjectPermission,
  standingOf,
} from '#lib/accounts/permissions.ts';
import { permissionSchema } from '#lib/accounts/schema.ts';
import { contract } from '#lib/contract.ts';
import { apiOf, type Refusal } from '#tests/factories/api.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';
import { type Procedure, proceduresOf } from '#tests/factories/procedures.ts';
import { type KnownValues, sampleInput } from '#tests/factories/sample-input.ts';
import { type Caller, setScene } from './callers.ts';

const platform = await openTestPlatform();
const api = apiOf(platform);
const { study, callers } = await setScene(platform);
const procedures = proceduresOf(contract);

const KNOWN: KnownValues = {
  project: study.project,
  study: study.slug,
  code: study.joinCode,
  import: 'no-import',
  dataset: 'no-dataset',
  uids: ['0'.repeat(32)],
  name: 'A name',
  email: 'somebody@example.org',
  password: 'long enough for this',
  next: 'long enough for this',
};

/** Headers of frameworks, with which some have been talked out of their checks. */
const VARIANTS: Readonly<Record<string, string>>[] = [
  { rsc: '1' },
  { rsc: '1', 'next-router-prefetch': '1', 'next-router-state-tree': '%5B%22%22%5D' },
  { 'next-action': '7f0000000000000000000000000000000000000000' },
  { 'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware' },
  { 'x-middleware-rewrite': '/api/v1/openapi.json', 'x-middleware-next': '1' },
  {
    'x-http-method-override': 'GET',
    'x-forwarded-host': 'localhost',
    'x-forwarded-for': '127.0.0.1',
  },
  { authorization: 'Bearer admin' },
];

function request({ method, path, input }: Procedure) {
  const sample: Record<string, unknown> =
    input instanceof z.ZodType ? { ...sampleInput(input, KNOWN) } : {};
  const address = path.replace(/\{\+?(\w+)\}/g, (_, name: string) => {
    const value = encodeURIComponent(String(sample[name]));
    delete sample[name];
    return value;
  });
  if (method !== 'GET') return { address, body: sample };
  const query = new URLSearchParams(
    Object.entries(sample).flatMap(([name, value]) =>
      Array.isArray(value)
        ? value.map((each, index) => [`${name}[${index}]`, String(each)])
        : [[name, String(value)]],
    ),
  );
  return { address: query.size > 0 ? `${address}?${query}` : address, body: undefined };
}

/** What the tables promise: through, or the codes one of which has to come. */
function promised(caller: Caller, procedure: Procedure): 'through' | readonly string[] {
  const permission = permissionSchema.parse(procedure.permission);
  const grant = grantOf(caller.actor, permission);
  if (grant === 'never') {
    const mayHelp = caller.actor.kind !== 'user' || permission === 'rating.take-part';
    return [mayHelp ? 'UNAUTHENTICATED' : 'FORBIDDEN'];
  }
  if (grant !== 'by-membership') return 'through';
  if (mayInProject(caller.actor, permission as ProjectPermission, caller.memberRole))
    return 'through';
  return [
    mayInProject(caller.actor, 'project.read', caller.memberRole) ? 'FORBIDDEN' : 'NOT_FOUND',
  ];
}

async function call(caller: Caller, procedure: Procedure, headers: Record<string, string> = {}) {
  const { address, body } = request(procedure);
  const cookie = caller.cookie === undefined ? {} : { cookie: caller.cookie };
  return api<Refusal | null>(procedure.method, address, { ...cookie, headers, body });
}

const asText = ({ method, path }: Procedure) => `${method} ${path}`;
const cases = procedures.map((procedure) => ({ name: procedure.name, procedure }));

test('somebody of every row of the table calls', () => {
  const rows = new Set(callers.map(({ actor }) => standingOf(actor)));
  expect(rows.size).toBe(Object.keys(GRANTS.public).length - 1);
  expect(rows.has('system')).toBe(false);
});

test.each(cases)('S2: $name refuses whom it should and nobody else', async ({ procedure }) => {
  for (const caller of callers) {
    const promise = promised(caller, procedure);
    const { status, json } = await call(caller, procedure);
    const where = `${caller.name}: ${asText(procedure)} -> ${status} ${JSON.stringify(json)}`;
    if (promise === 'through') {
      // It may fail on the thing itself, never on the right to it or on this test's input.
      expect([401, 403, 500], where).not.toContain(status);
      expect(json?.data?.reason, where).not.toBe('project');
      expect(json?.data?.fields, where).toBeUndefined();
    } else {
      expect(promise, where).toContain(json?.code);
      if (promise[0] === 'NOT_FOUND') expect(json?.data.reason, where).toBe('project');
    }
  }
});

test.each(cases)("S2: no framework's header opens $name", async ({ procedure }) => {
  for (const caller of callers) {
    const promise = promised(caller, procedure);
    if (promise === 'through') continue;
    for (const headers of VARIANTS) {
      const { json } = await call(caller, procedure, headers);
      expect(promise, `${caller.name} with ${JSON.stringify(headers)}`).toContain(json?.code);
    }
  }
});

const writes = cases.filter(({ procedure }) => procedure.method !== 'GET');
const ORIGINS: readonly (readonly [string, Readonly<Record<string, string | null>>])[] = [
  ['foreign', { origin: 'https://evil.example' }],
  ['null', { origin: 'null' }],
  ['absent', { origin: null }],
  ['a site below', { origin: 'http://a.winnow.test' }],
  ['its own, by a browser that says cross-site', { 'sec-fetch-site': 'cross-site' }],
];

test.each(writes)('S4: $name refuses writes from elsewhere', async ({ procedure }) => {
  const strong = callers.filter(({ actor }) => actor.kind === 'rater' || isAdmin(actor));
  for (const caller of strong) {
    for (const [name, headers] of ORIGINS) {
      const { address, body } = request(procedure);
      const { status, json } = await api(procedure.method, address, {
        ...(caller.cookie === undefined ? {} : { cookie: caller.cookie }),
        headers,
        body,
      });
      expect([status, json.data.reason], `${caller.name}, ${name}`).toEqual([403, 'origin']);
    }
  }
});

function isAdmin(actor: Caller['actor']): boolean {
  return actor.kind === 'user' && actor.role === 'admin';
}
