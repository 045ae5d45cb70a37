import type { StudySpec } from '../schema.ts';
import type { VoteInput } from './schema.ts';

/** Marks say what a vote may lack; they never delete it. */
export type VoteMark = 'too_fast' | 'unwatched';

/** The share of a video that counts as having seen it: the last frames need not have come up. */
const SEEN_SHARE = 0.9;

/** The marks of a vote, from what the rater's browser measured. */
export function marksOf(
  vote: Pick<VoteInput, 'decisionMs' | 'playsLeft' | 'playsRight' | 'watchedLeft' | 'watchedRight'>,
  spec: Pick<StudySpec, 'tooFastSeconds' | 'requireFullPlay'>,
): VoteMark[] {
  const isTooFast = vote.decisionMs < spec.tooFastSeconds * 1000;
  const isUnwatched =
    spec.requireFullPlay &&
    (Math.min(vote.playsLeft, vote.playsRight) < 1 ||
      Math.min(vote.watchedLeft, vote.watchedRight) < SEEN_SHARE);
  return [
    ...(isTooFast ? (['too_fast'] as const) : []),
    ...(isUnwatched ? (['unwatched'] as const) : []),
  ];
}
