import { expect, test } from 'vitest';
import type { Actor } from './actor.ts';
import { authorize } from './authorize.ts';
import { GRANTS, grantOf, MEMBER_GRANTS, mayInProject } from './permissions.ts';
import { permissionSchema, type Role, roleSchema } from './schema.ts';

const user = (role: Role): Actor => ({ kind: 'user', userId: 'u', role });
const anonymous: Actor = { kind: 'anonymous' };
const rater: Actor = { kind: 'rater', raterId: 'r', studyId: 1 };
const system: Actor = { kind: 'system', name: 'test' };

test('the whole table', () => {
  // A line a permission: who holds it always (+), by the project or study (o), never (.).
  const order = ['anonymous', 'study-rater', 'rater', 'researcher', 'admin', 'system'] as const;
  const signs = { always: '+', 'by-membership': 'o', 'by-study': 'o', never: '.' };
  const lines = permissionSchema.options.map(
    (permission) => `${order.map((who) => signs[GRANTS[permission][who]]).join('')} ${permission}`,
  );
  expect(lines).toEqual([
    '++++++ public',
    '.o...+ rating.take-part',
    '..+++. account.own',
    '...o++ project.read',
    '...o++ project.write',
    '...o++ project.manage',
    '...+++ project.create',
    '....++ users.manage',
  ]);
});

test('an anonymous rater holds nothing of the studio', () => {
  const held = permissionSchema.options.filter(
    (permission) => grantOf(rater, permission) !== 'never',
  );
  expect(held).toEqual(['public', 'rating.take-part']);
});

test('a membership counts for researchers only, and by its own role', () => {
  const allowed = (actor: Actor) =>
    roleSchema.options.map((role) =>
      (['project.read', 'project.write', 'project.manage'] as const)
        .filter((permission) => mayInProject(actor, permission, role))
        .map((permission) => permission.slice('project.'.length)),
    );
  expect(allowed(user('researcher'))).toEqual([[], ['read', 'write'], ['read', 'write', 'manage']]);
  for (const actor of [anonymous, rater, user('rater')])
    expect(allowed(actor)).toEqual([[], [], []]);
  expect(mayInProject(user('researcher'), 'project.read', null)).toBe(false);
});

test('admins and the machine need no membership', () => {
  for (const actor of [user('admin'), system]) {
    expect(mayInProject(actor, 'project.manage', null)).toBe(true);
  }
});

test('who may manage may write, who may write may read', () => {
  for (const role of roleSchema.options) {
    const {
      'project.read': read,
      'project.write': write,
      'project.manage': manage,
    } = Object.fromEntries(
      Object.entries(MEMBER_GRANTS).map(([permission, grants]) => [permission, grants[role]]),
    );
    expect([!manage || write, !write || read]).toEqual([true, true]);
  }
});

test('says whether signing in or joining could help', () => {
  const code = (actor: Actor, permission: Parameters<typeof authorize>[1]) => {
    try {
      authorize(actor, permission);
      return null;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  expect(code(anonymous, 'project.read')).toBe('UNAUTHENTICATED');
  expect(code(rater, 'project.read')).toBe('UNAUTHENTICATED');
  expect(code(user('rater'), 'project.read')).toBe('FORBIDDEN');
  expect(code(user('researcher'), 'users.manage')).toBe('FORBIDDEN');
  expect(code(user('admin'), 'rating.take-part')).toBe('UNAUTHENTICATED');
  expect(code(user('researcher'), 'project.write')).toBeNull();
});
