import { AppError } from '#lib/core/errors.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { Actor } from './actor.ts';
import type { Account } from './schema.ts';

/** @throws AppError UNAUTHENTICATED for everybody who is not signed in. */
export function ownUserId(actor: Actor): string {
  if (actor.kind === 'user') return actor.userId;
  throw new AppError('UNAUTHENTICATED', 'Sign in first.');
}

/** The account of the person who asks. */
export async function readAccount(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
): Promise<Account> {
  return platform.database.user.findUniqueOrThrow({
    where: { id: ownUserId(actor) },
    select: { id: true, email: true, name: true, role: true },
  });
}
