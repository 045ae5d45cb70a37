import { randomUUID } from 'node:crypto';
import type { Actor } from '#lib/accounts/actor.ts';
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

/** A user with a live session; nobody can sign in as it, since its password hash fits nothing. */
export async function createTestUser(platform: Platform, role: Role): Promise<TestUser> {
  const email = `${role}-${randomUUID()}@example.org`;
  const { id, sessionVersion } = await platform.database.user.create({
    data: { email, name: `The ${role}`, role, passwordHash: 'none' },
  });
  const sealed = await sealSession(platform.secret, { userId: id, sessionVersion });
  return {
    id,
    email,
    actor: { kind: 'user', userId: id, role },
    cookie: `${sessionCookieName(platform.environment)}=${sealed}`,
  };
}
