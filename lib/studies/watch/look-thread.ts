import { inThread } from '#lib/platform/threads/in-thread.ts';
import { type LookInput, lookAtVotes } from './look-at-votes.ts';

/** Looks at a study's votes. */
export const run = inThread((input: LookInput) => lookAtVotes(input));
