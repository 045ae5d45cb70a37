import { AppError } from '#lib/core/errors.ts';
import { withTransaction } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { accountFields, refuseTakenEmail } from './create-user.ts';
import { hasAdmin, openLink } from './first-admin-link.ts';
import { hashPassword } from './password.ts';
import type { Account, FirstAdmin } from './schema.ts';

/**
 * Redeems the link of `ensureFirstAdminLink`. Of several people who press at once, one succeeds.
 *
 * @throws AppError GONE when the link was used, has expired or never existed, or an admin exists.
 */
export async function createFirstAdmin(
  platform: Pick<Platform, 'database' | 'clock'>,
  { token, ...admin }: FirstAdmin & { readonly token: string },
): Promise<Account> {
  const { database, clock } = platform;
  const now = clock.now();
  // Not hashed for everybody who guesses an address: that costs a third of a second.
  if ((await database.oneTimeLink.findFirst({ where: openLink(token, now) })) === null)
    throw gone();
  const passwordHash = await hashPassword(admin.password);
  return withTransaction(
    async (transaction) => {
      // Two servers on one database may have printed a link each.
      await transaction.$executeRaw`select pg_advisory_xact_lock(hashtext('first-admin'))`;
      const used = await transaction.oneTimeLink.updateMany({
        where: openLink(token, now),
        data: { usedAt: now },
      });
      if (used.count === 0 || (await hasAdmin(transaction))) throw gone();
      await refuseTakenEmail(transaction, admin.email);
      return transaction.user.create({
        data: { email: admin.email, name: admin.name, role: 'admin', passwordHash },
        select: accountFields,
      });
    },
    { database },
  );
}

function gone(): AppError {
  return new AppError(
    'GONE',
    'This link was used or has expired. Start Winnow again for a new one, or sign in.',
    { reason: 'first-admin-link' },
  );
}
