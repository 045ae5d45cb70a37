import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { Platform } from '#lib/platform/platform.ts';
import { cookieLine, readCookie } from './cookies.ts';

const proofSchema = z.object({ raterId: z.uuid(), studyId: z.int() });
/** Who a browser is in one study. */
export type RaterProof = Readonly<z.infer<typeof proofSchema>>;

const LIFETIME_SECONDS = 180 * 24 * 3600;

/** The signed cookies that make a browser a rater: one for each study's code. */
export interface RaterCookies {
  /** Who this browser is in the study of this code; null for a stranger or a forged cookie. */
  read(code: string): RaterProof | null;
  /** Makes the answer carry the cookie of this study. */
  set(code: string, proof: RaterProof): void;
}

/** Reads from a request, writes to the headers of its answer. */
export function raterCookies(
  { secret, environment }: Pick<Platform, 'secret' | 'environment'>,
  request: Request,
  answer: Headers,
): RaterCookies {
  return {
    read(code) {
      const value = readCookie(request, cookieName(code));
      return value === undefined ? null : openProof(secret, code, value);
    },
    set(code, proof) {
      const line = cookieLine(cookieName(code), sealProof(secret, code, proof), {
        path: '/api',
        maxAgeSeconds: LIFETIME_SECONDS,
        isSecure: environment.publicUrl.startsWith('https:'),
      });
      answer.append('set-cookie', line);
    },
  };
}

/** A code comes from an address and may hold anything, so the name has its hash. */
function cookieName(code: string): string {
  return `winnow-rater-${createHash('sha256').update(code).digest('hex').slice(0, 16)}`;
}

/** A proof as text, signed together with its study's code. */
export function sealProof(secret: string, code: string, proof: RaterProof): string {
  const body = Buffer.from(JSON.stringify(proof)).toString('base64url');
  return `${body}.${sign(secret, code, body).toString('base64url')}`;
}

/** The proof of a sealed text; null unless this server sealed it for this code. */
export function openProof(secret: string, code: string, sealed: string): RaterProof | null {
  const [body = '', signature = ''] = sealed.split('.');
  const given = Buffer.from(signature, 'base64url');
  const right = sign(secret, code, body);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  return proofSchema.parse(JSON.parse(Buffer.from(body, 'base64url').toString()));
}

function sign(secret: string, code: string, body: string): Buffer {
  return createHmac('sha256', secret).update(`rater-cookie\0${code}\0${body}`).digest();
}
