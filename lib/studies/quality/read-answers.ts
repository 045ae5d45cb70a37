import type { PrismaClient } from '#lib/platform/database/client.ts';
import { collectVotes, type VoteColumns } from '#lib/statistics/votes/vote-columns.ts';
import { scanRankedVotes, type VoteRange } from '../votes/ranked-votes.ts';

/** Votes of one question, and beside each whether it carries a mark. */
export interface MarkedVotes {
  readonly votes: VoteColumns;
  readonly fast: Uint8Array;
  readonly unwatched: Uint8Array;
}

/**
 * The votes that enter rankings or would but for the exclusion of their raters, one set a question, to
 * judge raters by.
 *
 * @param known raters by id; votes of others (imported without a name) are nobody's.
 */
export async function readAnswers(
  database: PrismaClient,
  range: Omit<VoteRange, 'keepsExcluded'>,
  questions: number,
  arms: ReadonlyMap<number, string>,
  known: ReadonlySet<string>,
): Promise<MarkedVotes[]> {
  const sets = Array.from({ length: questions }, () => ({
    collector: collectVotes([...arms.values()]),
    fast: [] as boolean[],
    unwatched: [] as boolean[],
  }));
  await scanRankedVotes(database, { ...range, keepsExcluded: true }, (vote) => {
    const left = arms.get(vote.left);
    const right = arms.get(vote.right);
    const set = sets[vote.question];
    if (left === undefined || right === undefined || set === undefined) return;
    set.collector.add({
      ...{ left, right, outcome: vote.outcome },
      rater: known.has(vote.rater) ? vote.rater : null,
      prompt: vote.prompt === null ? null : String(vote.prompt),
    });
    set.fast.push(vote.isFast);
    set.unwatched.push(vote.isUnwatched);
  });
  return sets.map(({ collector, fast, unwatched }) => ({
    votes: collector.columns(),
    fast: Uint8Array.from(fast, Number),
    unwatched: Uint8Array.from(unwatched, Number),
  }));
}
