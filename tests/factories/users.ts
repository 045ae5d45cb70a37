import { randomUUID } from 'node:crypto';
import type { Actor } from '#lib/accounts/actor.ts';
import { hashPassword } from '#lib/accounts/password.ts';
import type { Role } from '#lib/accounts/schema.ts';
import { sealSession, sessionCookieName } from '#lib/http/session.ts';
import type { Platform } from '#lib/platform/platform.ts';

export interface TestUser {
  readonly id: string;
  readonly email: string;
  readonly actor: Actor;
  /** The `Cookie` header of this person's browser. */
  readonly cookie: string;
}

/** The password of every test user. */
export const TEST_PASSWORD = 'the password of a test user';
let passwordHash: Promise<string> | undefined;

/** A user with a live session. */
export async function createTestUser(
  platform: Pick<Platform, 'database' | 'secret'> & {
    readonly environment: Pick<Platform['environment'], 'publicUrl'>;
  },
  role: Role,
): Promise<TestUser> {
  passwordHash ??= hashPassword(TEST_PASSWORD);
  const email = `${role}-${randomUUID()}@example.org`;
  const { id, sessionVersion } = await platform.database.user.create({
    data: { email, name: `The ${role}`, role, passwordHash: await passwordHash },
  });
  const sealed = await sealSession(platform.secret, { userId: id, sessionVersion });
  return {
    id,
    email,
    actor: { kind: 'user', userId: id, role },
    cookie: `${sessionCookieName(platform.environment)}=${sealed}`,
  };
}
