import { inThread } from '#lib/platform/threads/in-thread.ts';
import { analyseVotes } from '../analysis/analyse-votes.ts';
import type { AnalysisFacts } from '../analysis/facts.ts';
import { decidingMethod } from '../decisions/recommend.ts';
import { type RankInput, rankAll } from './compute-ranking.ts';

export interface SnapshotInput extends RankInput {
  readonly facts: AnalysisFacts;
}

/** Ranks a study's votes by every method, and analyses them by the one that decides. */
export const run = inThread(({ facts, ...input }: SnapshotInput) => {
  const rankings = rankAll(input);
  const deciding = decidingMethod(facts.spec);
  const analysis = analyseVotes(
    input.questions,
    facts,
    rankings
      .filter(({ method }) => method === deciding)
      .map(({ question, method, result }) => ({ question, method, ...result })),
  );
  return { rankings, analysis };
});
