import { expect, test } from 'vitest';
import { changePassword } from '#lib/accounts/change-password.ts';
import { changeUser } from '#lib/accounts/change-user.ts';
import { readSession } from '#lib/accounts/read-session.ts';
import { type Session, signIn } from '#lib/accounts/sign-in.ts';
import { openTestPlatform } from '#tests/factories/platform.ts';
import { createTestUser, TEST_PASSWORD } from '#tests/factories/users.ts';

const platform = await openTestPlatform();
const admin = await createTestUser(platform, 'admin');

async function opened(email: string, password: string): Promise<Session> {
  const session = await signIn(platform, { email, password });
  if (session === null) throw new Error('Signing in failed.');
  return session;
}

test('an e-mail address in any case and the password open a session', async () => {
  const { email, actor } = await createTestUser(platform, 'researcher');
  const session = await opened(` ${email.toUpperCase()} `, TEST_PASSWORD);
  expect(await readSession(platform, session)).toEqual(actor);
});

test('a wrong password, nobody and a disabled user get the same answer', async () => {
  const user = await createTestUser(platform, 'researcher');
  const gone = await createTestUser(platform, 'researcher');
  await changeUser(platform, admin.actor, { userId: gone.id, isDisabled: true });
  for (const [email, password] of [
    [user.email, 'not the password'],
    ['nobody@example.org', TEST_PASSWORD],
    ['no address', TEST_PASSWORD],
    [gone.email, TEST_PASSWORD],
  ] as const) {
    expect(await signIn(platform, { email, password })).toBeNull();
  }
});

test('an unknown address takes as long as a wrong password', async () => {
  const quickest = async (email: string) => {
    const times: number[] = [];
    for (let count = 0; count < 3; count++) {
      const start = performance.now();
      await signIn(platform, { email, password: 'not the password' });
      times.push(performance.now() - start);
    }
    return Math.min(...times);
  };
  await quickest(admin.email);
  const wrong = await quickest(admin.email);
  // Without a hash it would be a hundredth; a busy machine may halve or double either.
  expect(await quickest('nobody@example.org')).toBeGreaterThan(wrong / 4);
});

test('a new password ends every session but the one that asked', async () => {
  const user = await createTestUser(platform, 'researcher');
  const elsewhere = await opened(user.email, TEST_PASSWORD);
  await expect(
    changePassword(platform, user.actor, { current: 'wrong', next: 'another password' }),
  ).rejects.toMatchObject({ code: 'BAD_INPUT', data: { field: 'current' } });
  expect(await readSession(platform, elsewhere)).toEqual(user.actor);

  const here = await changePassword(platform, user.actor, {
    current: TEST_PASSWORD,
    next: 'another password',
  });
  expect(await readSession(platform, elsewhere)).toEqual({ kind: 'anonymous' });
  expect(await readSession(platform, here)).toEqual(user.actor);
  expect(await signIn(platform, { email: user.email, password: TEST_PASSWORD })).toBeNull();
});

test('a role is the one of today; disabling ends sessions at once', async () => {
  const user = await createTestUser(platform, 'researcher');
  const session = await opened(user.email, TEST_PASSWORD);
  await changeUser(platform, admin.actor, { userId: user.id, role: 'rater' });
  expect(await readSession(platform, session)).toMatchObject({ role: 'rater' });
  await changeUser(platform, admin.actor, { userId: user.id, isDisabled: true });
  expect(await readSession(platform, session)).toEqual({ kind: 'anonymous' });
  await changeUser(platform, admin.actor, { userId: user.id, isDisabled: false });
  expect(await readSession(platform, session)).toEqual({ kind: 'anonymous' });
});
