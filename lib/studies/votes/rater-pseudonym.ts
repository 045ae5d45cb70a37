import { createHash } from 'node:crypto';
import { Prisma } from '#lib/platform/database/client.ts';

const DIGITS = 10;

/** A name for a rater inside one study: the same in every export of it, and in no other study. */
export function raterPseudonym(studyId: number, raterId: string): string {
  const hash = createHash('sha256').update(`${studyId}/${raterId}`).digest('hex');
  return `r-${hash.slice(0, DIGITS)}`;
}

/** The same name in SQL, of a `rater` row called `r`. */
export const PSEUDONYM_OF_R = Prisma.sql`
  'r-' || left(encode(sha256(convert_to(r.study_id::text || '/' || r.id::text, 'UTF8')), 'hex'),
    ${Prisma.raw(String(DIGITS))})`;
