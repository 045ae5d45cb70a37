import { inThread } from '#lib/platform/threads/in-thread.ts';
import { type AdvisedSpec, type RankedChoice, recommend } from './recommend.ts';
import type { Advice } from './schema.ts';

export interface AdviceInput {
  readonly spec: AdvisedSpec;
  readonly rankings: readonly RankedChoice[];
  readonly seed: number;
}

/** What a study's rule recommends on a snapshot. */
export const run = inThread(({ spec, rankings, seed }: AdviceInput): Advice | null =>
  recommend(spec, rankings, seed),
);
