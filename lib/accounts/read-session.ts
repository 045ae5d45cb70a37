import type { Platform } from '#lib/platform/platform.ts';
import type { Actor } from './actor.ts';
import type { Session } from './sign-in.ts';

/**
 * The user of a session, or nobody: when the user is gone or disabled, or when the session is older
 * than the last time that all sessions of this user were ended. The role is today's.
 */
export async function readSession(
  platform: Pick<Platform, 'database'>,
  session: Session,
): Promise<Actor> {
  const user = await platform.database.user.findUnique({
    where: { id: session.userId },
    select: { role: true, sessionVersion: true, disabledAt: true },
  });
  const isLive = user?.disabledAt === null && user.sessionVersion === session.sessionVersion;
  return user && isLive
    ? { kind: 'user', userId: session.userId, role: user.role }
    : { kind: 'anonymous' };
}
