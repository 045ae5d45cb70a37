import { expect, test } from 'vitest';
import { createFirstAdmin } from '#lib/accounts/create-first-admin.ts';
import { ensureFirstAdminLink, isFirstAdminLinkOpen } from '#lib/accounts/first-admin-link.ts';
import { openTestPlatform, TEST_ORIGIN } from '#tests/factories/platform.ts';

const platform = await openTestPlatform();
const { database } = platform;

const admin = (number = 0) => ({
  name: 'Ada',
  email: `ada${number}@example.org`,
  password: 'correct horse battery',
});

async function newToken(): Promise<string> {
  const link = await ensureFirstAdminLink(platform);
  expect(link).toMatch(new RegExp(`^${TEST_ORIGIN}/setup/[\\w-]{32}$`));
  return link?.split('/').at(-1) ?? '';
}

// In this order: the last one ends what the others need.

test('only the newest link works, and its token is not stored', async () => {
  const old = await newToken();
  const token = await newToken();
  expect(await isFirstAdminLinkOpen(platform, old)).toBe(false);
  expect(await isFirstAdminLinkOpen(platform, token)).toBe(true);
  expect(JSON.stringify(await database.oneTimeLink.findMany())).not.toContain(token);
  await expect(createFirstAdmin(platform, { ...admin(), token: old })).rejects.toMatchObject({
    code: 'GONE',
  });
});

test('it expires', async () => {
  const token = await newToken();
  const inEightDays = { now: () => new Date(Date.now() + 8 * 24 * 3_600_000) };
  const later = { ...platform, clock: inEightDays };
  expect(await isFirstAdminLinkOpen(later, token)).toBe(false);
  await expect(createFirstAdmin(later, { ...admin(), token })).rejects.toMatchObject({
    code: 'GONE',
  });
});

test('a failed try uses it up for nobody', async () => {
  const token = await newToken();
  const taken = await database.user.create({
    data: { email: 'ada0@example.org', name: 'Ada', role: 'researcher', passwordHash: 'none' },
  });
  await expect(createFirstAdmin(platform, { ...admin(), token })).rejects.toMatchObject({
    code: 'CONFLICT',
    data: { field: 'email' },
  });
  await database.user.delete({ where: { id: taken.id } });
  expect(await isFirstAdminLinkOpen(platform, token)).toBe(true);
});

test('of eight who press at once one becomes admin, and the link is closed for good', async () => {
  const token = await newToken();
  const tries = await Promise.allSettled(
    Array.from({ length: 8 }, (_, number) =>
      createFirstAdmin(platform, { ...admin(number), token }),
    ),
  );
  const refused = tries.filter((each) => each.status === 'rejected');
  expect(refused.map(({ reason }) => reason.code)).toEqual(Array(7).fill('GONE'));
  expect(await database.user.count({ where: { role: 'admin' } })).toBe(1);
  expect(await isFirstAdminLinkOpen(platform, token)).toBe(false);
  expect(await ensureFirstAdminLink(platform)).toBeNull();
});
