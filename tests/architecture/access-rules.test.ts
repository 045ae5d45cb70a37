// S2 and S3, the half that needs no server: everything that answers requests has a rule.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { PAGES, ROUTES } from '#lib/accounts/pages.ts';
import { permissionSchema } from '#lib/accounts/schema.ts';
import { contract } from '#lib/contract.ts';
import { router } from '#lib/http/router/router.ts';
import { proceduresOf } from '#tests/factories/procedures.ts';

/** `app/(studio)/projects/[project]/page.tsx` is the page of `/projects/[project]`. */
function addressOf(file: string): string {
  const parts = dirname(file).split('/').slice(1);
  return `/${parts.filter((part) => !part.startsWith('(')).join('/')}`;
}

const pages = globSync('app/**/page.{tsx,ts,jsx,js}');
const routes = globSync('app/**/route.{tsx,ts,js}');

test('S2: every page has a rule and every rule a page', () => {
  expect(pages.map(addressOf).toSorted()).toEqual(Object.keys(PAGES).toSorted());
});

test('S2: every route handler has a rule and every rule a handler', () => {
  expect(routes.map(addressOf).toSorted()).toEqual(Object.keys(ROUTES).toSorted());
});

test.each(pages)('S2: %s calls the gate with its own address first of all', (file) => {
  const source = readFileSync(file, 'utf8');
  const body = source.slice(source.indexOf('export default async function'));
  const firstCall = body.match(/await (?!params\b|searchParams\b)(\w+)\('?([^',)]*)/);
  expect(firstCall?.slice(1)).toEqual(['gatePage', addressOf(file)]);
});

test.each(routes)('S2: %s only hands on what lib/http serves', (file) => {
  const source = readFileSync(file, 'utf8');
  expect(source.match(/from '(?!#lib\/http\/)[^']+'/g)).toBeNull();
  expect(source).not.toMatch(/function|=>/);
});

test('S2: no server actions, which would answer at every page', () => {
  const found = globSync('{app,components,lib}/**/*.{ts,tsx}').filter((file) =>
    /^\s*['"]use server['"]/m.test(readFileSync(file, 'utf8')),
  );
  expect(found).toEqual([]);
});

test('S2: every procedure names a permission, a method and an address of its own', () => {
  const procedures = proceduresOf(contract);
  expect(procedures.length).toBeGreaterThan(10);
  for (const { name, permission, method, path } of procedures) {
    expect(permissionSchema.safeParse(permission).success, name).toBe(true);
    expect(method, name).toMatch(/^(GET|POST|PUT|PATCH|DELETE)$/);
    expect(path, name).toMatch(/^\//);
  }
  const addresses = procedures.map(({ method, path }) => `${method} ${path}`);
  expect(addresses.length).toBe(new Set(addresses).size);
});

test('S2: what names a project in its address asks for a right in it', () => {
  for (const { name, permission, path } of proceduresOf(contract)) {
    const rightHere = /^\/projects\/\{/.test(path)
      ? 'project'
      : /^\/rate\//.test(path)
        ? 'rating'
        : null;
    if (rightHere === null || name === 'rating.join') continue;
    expect(permission.startsWith(`${rightHere}.`), `${name}: ${permission}`).toBe(true);
  }
});

test('every procedure of the contract is implemented, and no other', () => {
  const names = (of: object) =>
    proceduresOf(of)
      .map(({ name }) => name)
      .toSorted();
  expect(names(router)).toEqual(names(contract));
});

test('S3: there is no middleware that anything could rely on', () => {
  const names = ['middleware', 'proxy'].flatMap((name) =>
    ['', 'src/', 'app/'].flatMap((folder) =>
      ['ts', 'tsx', 'js', 'mjs'].map((end) => `${folder}${name}.${end}`),
    ),
  );
  expect(names.filter((name) => existsSync(name))).toEqual([]);
});
