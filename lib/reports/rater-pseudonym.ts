import { createHash } from 'node:crypto';

/** A name for a rater inside one study: the same in every export of it, and in no other study. */
export function raterPseudonym(studyId: number, raterId: string): string {
  return `r-${createHash('sha256').update(`${studyId}/${raterId}`).digest('hex').slice(0, 10)}`;
}
