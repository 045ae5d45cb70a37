import { inThread } from '#lib/platform/threads/in-thread.ts';
import { type JudgeInput, judgeRaters } from './judge-raters.ts';

/** Judges a study's raters. */
export const run = inThread((input: JudgeInput) => judgeRaters(input));
