import type { Platform } from '#lib/platform/platform.ts';
import type { Actor } from './actor.ts';
import { authorize } from './authorize.ts';
import { userFields, userView } from './create-user.ts';
import type { UserView } from './schema.ts';

/** Everybody with an account, the newest last. */
export async function listUsers(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
): Promise<UserView[]> {
  authorize(actor, 'users.manage');
  const rows = await platform.database.user.findMany({
    select: userFields,
    orderBy: { createdAt: 'asc' },
  });
  return rows.map(userView);
}
