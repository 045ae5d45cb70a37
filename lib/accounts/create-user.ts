import { AppError } from '#lib/core/errors.ts';
import { Prisma, type Transaction } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import type { Actor } from './actor.ts';
import { authorize } from './authorize.ts';
import { hashPassword } from './password.ts';
import type { NewUser, UserView } from './schema.ts';

export const accountFields = { id: true, email: true, name: true, role: true } as const;
export const userFields = { ...accountFields, disabledAt: true, createdAt: true } as const;
type UserRow = Prisma.UserGetPayload<{ select: typeof userFields }>;

/** What an admin sees of a user. */
export function userView({ disabledAt, createdAt, ...account }: UserRow): UserView {
  return { ...account, isDisabled: disabledAt !== null, createdAt: createdAt.toISOString() };
}

/** @throws AppError CONFLICT when somebody has this e-mail address. */
export async function createUser(
  platform: Pick<Platform, 'database'>,
  actor: Actor,
  { password, ...user }: NewUser,
): Promise<UserView> {
  authorize(actor, 'users.manage');
  const passwordHash = await hashPassword(password);
  try {
    const row = await platform.database.user.create({
      data: { ...user, passwordHash },
      select: userFields,
    });
    return userView(row);
  } catch (error) {
    if (isUniqueViolation(error)) throw takenEmail(user.email);
    throw error;
  }
}

/** P2002: Prisma's code for a broken unique constraint. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}

/** Inside a transaction, which a broken constraint would end. */
export async function refuseTakenEmail(transaction: Transaction, email: string): Promise<void> {
  if ((await transaction.user.count({ where: { email } })) > 0) throw takenEmail(email);
}

function takenEmail(email: string): AppError {
  return new AppError('CONFLICT', `Somebody has an account with ${email} already.`, {
    field: 'email',
  });
}
