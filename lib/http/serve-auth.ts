import NextAuth from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import * as z from 'zod';
import { signIn } from '#lib/accounts/sign-in.ts';
import { type Platform, platform } from '#lib/platform/platform.ts';
import { errorResponse } from './errors.ts';
import { refuseForeignWrite } from './origin.ts';
import { SESSION_SECONDS, sessionClaims, sessionCookieName } from './session.ts';

type AuthHandler = (
  request: Request,
  context: { params: Promise<{ nextauth: string[] }> },
) => Promise<Response>;

const credentials = z.object({ email: z.string().max(300), password: z.string().max(300) });
// What `authorize` returns, as next-auth hands it on to `jwt`.
const session = z.object({ userId: z.uuid(), sessionVersion: z.int() });

function createAuth(doors: Platform): AuthHandler {
  const { publicUrl } = doors.environment;
  const isSecure = publicUrl.startsWith('https:');
  // next-auth reads its own address from this variable and nowhere else.
  process.env.NEXTAUTH_URL = publicUrl;
  return NextAuth({
    secret: doors.secret,
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
    useSecureCookies: isSecure,
    cookies: {
      sessionToken: {
        name: sessionCookieName(doors.environment),
        options: { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure },
      },
    },
    providers: [
      Credentials({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        async authorize(input) {
          const given = credentials.safeParse(input);
          const opened = given.success ? await signIn(doors, given.data) : null;
          return opened && { id: opened.userId, ...opened };
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? sessionClaims(session.parse(user)) : token),
    },
    logger: {
      error: (code, details) => doors.log.error({ code, details }, 'sign-in failed'),
      warn: (code) => doors.log.debug({ code }, 'next-auth'),
      debug: () => undefined,
    },
  });
}

let served: AuthHandler | undefined;

/** next-auth's own addresses: sign in, sign out, CSRF token. Foreign writes don't reach it. */
export const serveAuth: AuthHandler = async (request, context) => {
  const doors = platform();
  try {
    refuseForeignWrite(request, doors.environment.publicUrl);
    served ??= createAuth(doors);
    return await served(request, context);
  } catch (error) {
    return errorResponse(error, doors.log);
  }
};
