import type { Platform } from '#lib/platform/platform.ts';
import { verifyPassword } from './password.ts';
import { emailSchema } from './schema.ts';

/** What a session cookie says; `readSession` checks it against the database at each request. */
export interface Session {
  readonly userId: string;
  readonly sessionVersion: number;
}

/**
 * Checks an e-mail address and a password. The answer and its time are the same for an unknown
 * address, a wrong password and a disabled user.
 */
export async function signIn(
  platform: Pick<Platform, 'database'>,
  credentials: { readonly email: string; readonly password: string },
): Promise<Session | null> {
  const email = emailSchema.safeParse(credentials.email.trim());
  const user = email.success
    ? await platform.database.user.findUnique({
        where: { email: email.data },
        select: { id: true, passwordHash: true, sessionVersion: true, disabledAt: true },
      })
    : null;
  const fits = await verifyPassword(user?.passwordHash ?? null, credentials.password);
  if (user === null || !fits || user.disabledAt !== null) return null;
  return { userId: user.id, sessionVersion: user.sessionVersion };
}
