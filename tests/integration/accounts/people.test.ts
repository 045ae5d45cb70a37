import { expect, test } from 'vitest';
import { changeUser } from '#lib/accounts/change-user.ts';
import { createProject } from '#lib/accounts/create-project.ts';
import { createUser } from '#lib/accounts/create-user.ts';
import { listProjects } from '#lib/accounts/list-projects.ts';
import { listUsers } from '#lib/accounts/list-users.ts';
import { listMembers, removeMember, setMember } from '#lib/accounts/project-members.ts';
import { readProject } from '#lib/accounts/read-project.ts';
import { renameProject } from '#lib/accounts/rename-project.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';
import { createTestUser } from '#tests/factories/users.ts';

const platform = await openTestPlatform();
const admin = await createTestUser(platform, 'admin');

test('a user is made by an admin, once for an address', async () => {
  const input = { email: 'grace@example.org', name: 'Grace', password: 'long enough' };
  const user = await createUser(platform, admin.actor, { ...input, role: 'researcher' });
  expect(user).toMatchObject({ name: 'Grace', role: 'researcher', isDisabled: false });
  await expect(
    createUser(platform, admin.actor, { ...input, role: 'admin' }),
  ).rejects.toMatchObject({ code: 'CONFLICT', data: { field: 'email' } });
  const shown = await listUsers(platform, admin.actor);
  expect(shown.map(({ email }) => email)).toEqual([admin.email, 'grace@example.org']);
  expect(JSON.stringify(shown)).not.toContain('argon2');
});

test('the last admin stays, also when two remove each other at once', async () => {
  await expect(
    changeUser(platform, admin.actor, { userId: admin.id, role: 'researcher' }),
  ).rejects.toMatchObject({ code: 'CONFLICT', data: { reason: 'last-admin' } });

  const second = await createTestUser(platform, 'admin');
  const results = await Promise.allSettled([
    changeUser(platform, admin.actor, { userId: second.id, isDisabled: true }),
    changeUser(platform, second.actor, { userId: admin.id, isDisabled: true }),
  ]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const left = await platform.database.user.count({ where: { role: 'admin', disabledAt: null } });
  expect(left).toBe(1);
  await platform.database.user.updateMany({ data: { disabledAt: null } });
  await platform.database.user.delete({ where: { id: second.id } });
});

test('a project is seen by its members and by admins', async () => {
  const maker = await createTestUser(platform, 'researcher');
  const stranger = await createTestUser(platform, 'researcher');
  const rater = await createTestUser(platform, 'rater');
  const { slug } = await createProject(platform, maker.actor, { name: 'Spring models' });
  const seen = async (actor: typeof maker.actor) =>
    (await listProjects(platform, actor)).map((project) => [project.slug, project.canManage]);

  expect(await seen(maker.actor)).toEqual([['spring-models', true]]);
  expect(await seen(admin.actor)).toEqual([['spring-models', true]]);
  expect(await seen(stranger.actor)).toEqual([]);
  await expect(readProject(platform, stranger.actor, slug)).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });

  const role = 'researcher';
  await setMember(platform, maker.actor, { project: slug, email: stranger.email, role });
  await setMember(platform, maker.actor, { project: slug, email: rater.email, role });
  expect(await seen(stranger.actor)).toEqual([['spring-models', false]]);
  // A membership lifts nobody above what their account may do.
  expect(await seen(rater.actor)).toEqual([]);
  expect(await listMembers(platform, stranger.actor, slug)).toHaveLength(3);
  await expect(
    renameProject(platform, stranger.actor, { project: slug, name: 'Mine' }),
  ).rejects.toMatchObject({ code: 'FORBIDDEN' });

  await removeMember(platform, maker.actor, { project: slug, userId: stranger.id });
  expect(await seen(stranger.actor)).toEqual([]);
  const renamed = await renameProject(platform, maker.actor, { project: slug, name: 'Autumn' });
  expect(renamed).toMatchObject({ slug: 'spring-models', name: 'Autumn' });
});

test('equal names make different slugs, an asked-for slug is taken once', async () => {
  const names = ['Same name', 'Same name', 'same  NAME!'];
  const made = await Promise.all(
    names.map((name) => createProject(platform, admin.actor, { name })),
  );
  expect(made.map(({ slug }) => slug).toSorted()).toEqual([
    'same-name',
    'same-name-2',
    'same-name-3',
  ]);
  await expect(
    createProject(platform, admin.actor, { name: 'Other', slug: 'same-name' }),
  ).rejects.toMatchObject({ code: 'CONFLICT', data: { field: 'slug' } });
});
