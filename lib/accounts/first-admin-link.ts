import { createHash, randomBytes } from 'node:crypto';
import type { Platform } from '#lib/platform/platform.ts';

export const FIRST_ADMIN = 'first-admin';
const TOKEN_BYTES = 24;
const LIFETIME_MS = 7 * 24 * 3_600_000;

/** Tokens are random and long, so a plain hash keeps them secret. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/**
 * A link that makes the first admin, once; null when there is an admin. Only its hash is stored, so
 * each call makes a new link and ends the unused ones before it.
 */
export async function ensureFirstAdminLink(
  platform: Pick<Platform, 'database' | 'clock' | 'environment'>,
): Promise<string | null> {
  const { database, clock, environment } = platform;
  if (await hasAdmin(database)) return null;
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  await database.$transaction([
    database.oneTimeLink.deleteMany({ where: { purpose: FIRST_ADMIN, usedAt: null } }),
    database.oneTimeLink.create({
      data: {
        purpose: FIRST_ADMIN,
        tokenHash: hashToken(token),
        expiresAt: new Date(clock.now().getTime() + LIFETIME_MS),
      },
    }),
  ]);
  return `${environment.publicUrl}/setup/${token}`;
}

/** Whether this link would make an admin now. */
export async function isFirstAdminLinkOpen(
  platform: Pick<Platform, 'database' | 'clock'>,
  token: string,
): Promise<boolean> {
  const { database, clock } = platform;
  const link = await database.oneTimeLink.findFirst({ where: openLink(token, clock.now()) });
  return link !== null && !(await hasAdmin(database));
}

/** Finds an unused, unexpired link by its token. */
export function openLink(token: string, now: Date) {
  return {
    purpose: FIRST_ADMIN,
    tokenHash: hashToken(token),
    usedAt: null,
    expiresAt: { gt: now },
  };
}

/** Whether somebody can administer this server. */
export async function hasAdmin(database: Pick<Platform['database'], 'user'>): Promise<boolean> {
  const admin = await database.user.findFirst({
    where: { role: 'admin', disabledAt: null },
    select: { id: true },
  });
  return admin !== null;
}
