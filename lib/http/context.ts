import type { Actor } from '#lib/accounts/actor.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { readCookie } from './cookies.ts';
import { type RaterCookies, raterCookies } from './rater-cookie.ts';
import { sessionActor, sessionCookieName } from './session.ts';

/** What is known about a request beside its input. */
export interface ApiContext {
  readonly platform: Platform;
  /** The browser's cookies of studies; `set` makes the answer carry one. */
  readonly rater: RaterCookies;
  readonly request: RequestMeta;
  /** Headers that the answer will carry. */
  readonly answer: Headers;
  /** The signed-in person or nobody; asks the database, so only when needed. */
  signedIn(): Promise<Actor>;
}

export interface RequestMeta {
  readonly userAgent: string | null;
  readonly acceptLanguage: string | null;
}

/** Collects what procedures and route handlers may know. */
export function apiContext(platform: Platform, request: Request): ApiContext {
  const answer = new Headers({ 'cache-control': 'no-store' });
  const cookie = readCookie(request, sessionCookieName(platform.environment));
  return {
    platform,
    answer,
    rater: raterCookies(platform, request, answer),
    request: {
      userAgent: request.headers.get('user-agent'),
      acceptLanguage: request.headers.get('accept-language'),
    },
    signedIn: () => sessionActor(platform, cookie),
  };
}

/** The rater that a browser is in the study of this code; nobody for a stranger. */
export function raterActor(context: Pick<ApiContext, 'rater'>, code: unknown): Actor {
  const proof = typeof code === 'string' ? context.rater.read(code) : null;
  return proof === null ? { kind: 'anonymous' } : { kind: 'rater', ...proof };
}
