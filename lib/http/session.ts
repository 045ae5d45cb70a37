import { decode, encode } from 'next-auth/jwt';
import * as z from 'zod';
import type { Actor } from '#lib/accounts/actor.ts';
import { readSession } from '#lib/accounts/read-session.ts';
import type { Session } from '#lib/accounts/sign-in.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { cookieLine } from './cookies.ts';

export const SESSION_SECONDS = 30 * 24 * 3600;

const claims = z.object({ sub: z.uuid(), sessionVersion: z.int() });

/** Over https the browser takes the cookie from this very host alone. */
export function sessionCookieName({ publicUrl }: { readonly publicUrl: string }): string {
  return publicUrl.startsWith('https:') ? '__Host-winnow-session' : 'winnow-session';
}

/** What next-auth puts into the encrypted cookie, and nothing else: no name, no role. */
export function sessionClaims({ userId, sessionVersion }: Session) {
  return { sub: userId, sessionVersion };
}

/** A session as the encrypted text of its cookie. */
export function sealSession(secret: string, session: Session): Promise<string> {
  return encode({ secret, token: sessionClaims(session), maxAge: SESSION_SECONDS });
}

/** A `Set-Cookie` line that signs a browser in. */
export async function sessionCookieLine(
  { secret, environment }: Pick<Platform, 'secret' | 'environment'>,
  session: Session,
): Promise<string> {
  return cookieLine(sessionCookieName(environment), await sealSession(secret, session), {
    path: '/',
    maxAgeSeconds: SESSION_SECONDS,
    isSecure: environment.publicUrl.startsWith('https:'),
  });
}

/**
 * Who a session cookie is. Checked against the database each time: a revoked session is dead at once.
 */
export async function sessionActor(
  platform: Pick<Platform, 'database' | 'secret'>,
  cookie: string | undefined,
): Promise<Actor> {
  // A forged or expired cookie makes `decode` throw; its bearer is simply nobody.
  const token = await decode({ secret: platform.secret, token: cookie ?? '' }).catch(() => null);
  const parsed = claims.safeParse(token);
  if (!parsed.success) return { kind: 'anonymous' };
  const { sub: userId, sessionVersion } = parsed.data;
  return readSession(platform, { userId, sessionVersion });
}
