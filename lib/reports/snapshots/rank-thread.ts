import { inThread } from '#lib/platform/threads/in-thread.ts';
import { type RankInput, rankAll } from './compute-ranking.ts';

/** Ranks a study's votes by every method. */
export const run = inThread((input: RankInput) => rankAll(input));
