import { AppError } from '#lib/core/errors.ts';
import { withTransaction } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { Actor } from './actor.ts';
import { authorize } from './authorize.ts';
import { userFields, userView } from './create-user.ts';
import { hashPassword } from './password.ts';
import type { UserChange, UserView } from './schema.ts';

/**
 * Changes what is given. Disabling somebody and giving a new password end all their sessions.
 *
 * @throws AppError NOT_FOUND, or CONFLICT when no admin would be left.
 */
export async function changeUser(
  platform: Pick<Platform, 'database' | 'clock'>,
  actor: Actor,
  { userId, password, isDisabled, ...change }: UserChange & { readonly userId: string },
): Promise<UserView> {
  authorize(actor, 'users.manage');
  const { database, clock } = platform;
  const passwordHash = password === undefined ? undefined : await hashPassword(password);
  const endsSessions = isDisabled === true || passwordHash !== undefined;
  return withTransaction(
    async (transaction) => {
      // One change at a time, so that two admins can't remove each other at once.
      await transaction.$executeRaw`select pg_advisory_xact_lock(hashtext('admins'))`;
      if ((await transaction.user.count({ where: { id: userId } })) === 0) {
        throw new AppError('NOT_FOUND', 'There is no such user.', { reason: 'user' });
      }
      const row = await transaction.user.update({
        where: { id: userId },
        data: {
          ...(change.name === undefined ? {} : { name: change.name }),
          ...(change.role === undefined ? {} : { role: change.role }),
          ...(isDisabled === undefined ? {} : { disabledAt: isDisabled ? clock.now() : null }),
          ...(passwordHash === undefined ? {} : { passwordHash }),
          ...(endsSessions ? { sessionVersion: { increment: 1 } } : {}),
        },
        select: userFields,
      });
      const admins = await transaction.user.count({ where: { role: 'admin', disabledAt: null } });
      if (admins === 0) {
        throw new AppError('CONFLICT', 'No admin would be left: make somebody else admin first.', {
          reason: 'last-admin',
        });
      }
      return userView(row);
    },
    { database },
  );
}
