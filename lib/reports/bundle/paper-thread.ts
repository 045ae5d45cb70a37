import { inThread } from '#lib/platform/threads/in-thread.ts';
import { writePaper } from './write-paper.ts';

/** Writes the texts of a bundle. */
export const run = inThread(writePaper);
