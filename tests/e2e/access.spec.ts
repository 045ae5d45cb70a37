// S2 for pages and route handlers, by plain requests to the production server; S3: nothing stands
// before them. `tests/integration/http/access.test.ts` does the same for the API.
import { type APIRequestContext, type APIResponse, expect, test } from '@playwright/test';
import type { Actor } from '#lib/accounts/actor.ts';
import { PAGES, ROUTES } from '#lib/accounts/pages.ts';
import { grantOf, mayInProject, type ProjectPermission } from '#lib/accounts/permissions.ts';
import type { Permission, Role } from '#lib/accounts/schema.ts';
import { asAdmin, asNewUser, asNobody, newProject, serverUrl } from './people.ts';

interface Caller {
  readonly name: string;
  readonly context: APIRequestContext;
  readonly actor: Actor;
  readonly memberRole: Role | null;
}

const callers: Caller[] = [];
let slug = '';

test.beforeAll(async () => {
  const admin = await asAdmin();
  slug = (await newProject(admin, 'A project that few may see')).slug;
  const newCaller = async (name: string, role: Role, memberRole: Role | null) => {
    const { context, user } = await asNewUser(admin, role);
    if (memberRole !== null) {
      const data = { email: user.email, role: memberRole };
      await admin.put(`/api/v1/projects/${slug}/members`, { data });
    }
    callers.push({ name, context, actor: { kind: 'user', userId: user.id, role }, memberRole });
  };
  callers.push({
    name: 'nobody',
    context: await asNobody(),
    actor: { kind: 'anonymous' },
    memberRole: null,
  });
  await newCaller('a rater', 'rater', null);
  await newCaller('a rater who is called a member', 'rater', 'researcher');
  await newCaller('a stranger', 'researcher', null);
  await newCaller('a rater member', 'researcher', 'rater');
  await newCaller('a member', 'researcher', 'researcher');
  callers.push({
    name: 'an admin',
    context: admin,
    actor: { kind: 'user', userId: '', role: 'admin' },
    memberRole: null,
  });
});

test.afterAll(async () => {
  for (const { context } of callers) await context.dispose();
});

const VALUES: Readonly<Record<string, () => string>> = {
  project: () => slug,
  study: () => 'no-such-study',
  import: () => 'no-such-import',
  token: () => 'no-such-token',
  code: () => 'no-such-code',
};

function addressOf(page: string): string {
  return page.replace(/\[(\w+)\]/g, (_, name: string) => VALUES[name]?.() ?? '0');
}

function isAllowed({ actor, memberRole }: Caller, permission: Permission): boolean {
  const grant = grantOf(actor, permission);
  if (grant !== 'by-membership') return grant === 'always';
  return mayInProject(actor, permission as ProjectPermission, memberRole);
}

/** What Next writes into a page's payload in place of the page. */
const REFUSAL = /NEXT_REDIRECT;\w+;\/sign-in\?|NEXT_HTTP_ERROR_FALLBACK;404/;

async function isRefused(answer: APIResponse): Promise<boolean> {
  const goesToSignIn = new URL(answer.url()).pathname === '/sign-in';
  return answer.status() >= 400 || goesToSignIn || REFUSAL.test(await answer.text());
}

const VARIANTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'as a browser does': {},
  'as a payload': { rsc: '1' },
  'from another page': {
    rsc: '1',
    'next-router-state-tree': encodeURIComponent('["",{"children":["(studio)",{}]},null,null]'),
    'next-url': '/',
  },
  'past a middleware': {
    'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware',
    'x-middleware-next': '1',
  },
  'from inside': { 'x-forwarded-host': 'localhost', 'x-forwarded-for': '127.0.0.1' },
  'as data': { 'x-nextjs-data': '1', purpose: 'prefetch' },
};

for (const [page, permission] of Object.entries(PAGES) as [string, Permission][]) {
  test(`S2: the page ${page} is for those who hold ${permission}`, async () => {
    for (const caller of callers) {
      for (const [way, headers] of Object.entries(VARIANTS)) {
        const answer = await caller.context.get(addressOf(page), { headers });
        const where = `${caller.name}, ${way}: ${answer.status()} ${answer.url()}`;
        expect(answer.status(), where).not.toBe(500);
        // Signed-in people have nothing to do at the sign-in page and go on from it.
        if (page === '/sign-in') continue;
        expect(!(await isRefused(answer)), where).toBe(isAllowed(caller, permission));
      }
    }
  });

  test(`S2: prefetching ${page} tells nothing of it`, async () => {
    for (const caller of callers.filter((each) => !isAllowed(each, permission))) {
      for (const segment of ['/_tree', '/_full', '/__PAGE__']) {
        const headers = {
          rsc: '1',
          'next-router-prefetch': '1',
          'next-router-segment-prefetch': segment,
        };
        const answer = await caller.context.get(addressOf(page), { headers });
        // A page gives its browser part the project's slug.
        expect(await answer.text(), `${caller.name}, ${segment}`).not.toContain(`"slug":"${slug}"`);
      }
    }
  });

  test(`S2: a server action at ${page} does nothing`, async () => {
    for (const { name, context } of callers) {
      const answer = await context.post(addressOf(page), {
        headers: { 'next-action': '7f0000000000000000000000000000000000000000' },
        data: '[]',
        maxRedirects: 0,
      });
      expect([307, 404, 405, 409], name).toContain(answer.status());
    }
  });
}

test('the marker that the prefetch tests look for is in a page', async () => {
  const admin = callers.at(-1);
  const answer = await admin?.context.get(`/projects/${slug}`, { headers: { rsc: '1' } });
  expect(await answer?.text()).toContain(`"slug":"${slug}"`);
});

for (const [route, permission] of Object.entries(ROUTES) as [string, Permission][]) {
  test(`S2: the route ${route} is for those who hold ${permission}`, async () => {
    if (permission === 'public') return;
    const methods = new Set<string>();
    for (const caller of callers) {
      for (const [way, headers] of Object.entries(VARIANTS)) {
        for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
          const answer = await caller.context.fetch(addressOf(route), { method, headers });
          const where = `${caller.name}, ${method} ${way}: ${answer.status()}`;
          if (answer.status() === 405) continue;
          methods.add(method);
          if (isAllowed(caller, permission)) {
            expect([401, 403, 500], where).not.toContain(answer.status());
          } else {
            const promised = caller.actor.kind === 'anonymous' ? [401] : [400, 403, 404];
            expect(promised, where).toContain(answer.status());
          }
        }
      }
    }
    expect(methods.size).toBeGreaterThan(0);
  });

  test(`S4: writing to ${route} from elsewhere is refused`, async () => {
    const admin = callers.at(-1);
    const path = addressOf(route).replaceAll(/\[+\.\.\.\w+\]+/g, 'signout');
    for (const origin of ['https://evil.example', 'null', '']) {
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
        const answer = await admin?.context.fetch(path, { method, headers: { origin } });
        expect([403, 405], `${method} from "${origin}"`).toContain(answer?.status());
      }
    }
  });
}

test('S4: nobody is signed in from another site', async () => {
  const context = await asNobody();
  const { csrfToken } = await (await context.get('/api/auth/csrf')).json();
  const answer = await context.post('/api/auth/callback/credentials', {
    headers: { origin: 'https://evil.example' },
    form: { email: 'ada@example.org', password: 'correct horse battery', csrfToken },
  });
  expect(answer.status()).toBe(403);
  expect((await context.get('/api/v1/me')).status()).toBe(401);
  await context.dispose();
});

test('a session cookie is out of reach of scripts and other sites', async () => {
  const state = await callers.at(-1)?.context.storageState();
  const session = state?.cookies.find(({ name }) => name.endsWith('winnow-session'));
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  expect(new URL(serverUrl()).hostname).toBe(session?.domain);
});
