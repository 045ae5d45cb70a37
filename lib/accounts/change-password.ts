import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { Actor } from './actor.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { ownUserId } from './read-account.ts';
import type { Session } from './sign-in.ts';

/**
 * Changes the password of the person who asks and ends all their sessions.
 *
 * @returns the only session that lives on, for the browser that asked.
 * @throws AppError BAD_INPUT when the current password is wrong.
 */
export async function changePassword(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  input: { readonly current: string; readonly next: string },
): Promise<Session> {
  const userId = ownUserId(actor);
  const user = await platform.database.user.findUniqueOrThrow({
    where: { id: userId },
    select: { passwordHash: true },
  });
  if (!(await verifyPassword(user.passwordHash, input.current))) {
    throw new AppError('BAD_INPUT', 'The current password is not the one that you typed.', {
      field: 'current',
    });
  }
  return platform.database.user
    .update({
      where: { id: userId },
      data: { passwordHash: await hashPassword(input.next), sessionVersion: { increment: 1 } },
      select: { sessionVersion: true },
    })
    .then(({ sessionVersion }) => ({ userId, sessionVersion }));
}
