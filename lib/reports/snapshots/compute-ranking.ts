import { rankQuestions } from '#lib/statistics/ranking/rank.ts';
import type { Ranking } from '#lib/statistics/ranking/ranking.ts';
import { countPairs } from '#lib/statistics/votes/pair-counts.ts';
import type { VoteColumns } from '#lib/statistics/votes/vote-columns.ts';
import {
  type PairCountView,
  type RankingMethod,
  type RankingResult,
  rankingMethodSchema,
} from '../schema.ts';

/** Votes above which `elo-paper` makes fewer passes: a snapshot must not take minutes. */
const MANY_VOTES = 200_000;

export interface RankInput {
  /** One set of votes a question. */
  readonly questions: readonly VoteColumns[];
  readonly seed: number;
}

/** One ranking of a snapshot, as it is stored. */
export interface StoredRanking {
  /** Null for the mean of all questions. */
  readonly question: number | null;
  readonly method: RankingMethod;
  readonly settings: RankingResult['settings'];
  readonly votes: number;
  readonly result: RankingResult;
}

/** Ranks every question, and their mean where there are several, by every method. Pure. */
export function rankAll({ questions, seed }: RankInput): StoredRanking[] {
  const choices: { question: number | null; columns: readonly VoteColumns[] }[] = questions.map(
    (columns, question) => ({ question, columns: [columns] }),
  );
  if (questions.length > 1) choices.push({ question: null, columns: questions });
  return choices.flatMap(({ question, columns }) =>
    rankingMethodSchema.options.map((method) => {
      const { votes, ...result } = computeRanking(columns, method, seed);
      return { question, method, settings: result.settings, votes, result };
    }),
  );
}

/**
 * Ranks the votes of one question, or of several as their mean, and keeps the pair counts beside
 * it. Pure: the same votes, method and seed give the same digits.
 */
export function computeRanking(
  questions: readonly VoteColumns[],
  method: RankingMethod,
  seed: number,
): RankingResult & Pick<Ranking, 'votes'> {
  const votes = questions.reduce((sum, columns) => sum + columns.left.length, 0);
  const ranking = rankQuestions(questions, {
    method,
    seed,
    shuffles: votes > MANY_VOTES ? 100 : 1000,
  });
  return {
    votes: ranking.votes,
    arms: ranking.arms.map((arm) => ({ ...arm })),
    pairs: sumPairs(questions),
    settings: { ...ranking.settings },
    vcov: ranking.vcov?.map((row) => [...row]) ?? null,
    tieParameter: ranking.tieParameter,
    degreesOfFreedom: ranking.degreesOfFreedom,
    components: ranking.components.map((names) => [...names]),
    warnings: ranking.warnings.map((warning) => ({ ...warning })),
  };
}

function sumPairs(questions: readonly VoteColumns[]): PairCountView[] {
  const sums = new Map<string, PairCountView>();
  for (const votes of questions) {
    const counts = countPairs(votes);
    counts.first.forEach((first, p) => {
      const a = votes.arms[first] as string;
      const b = votes.arms[counts.second[p] as number] as string;
      const key = JSON.stringify([a, b]);
      const sum = sums.get(key) ?? { a, b, aWins: 0, bWins: 0, ties: 0 };
      sum.aWins += counts.firstWins[p] as number;
      sum.bWins += counts.secondWins[p] as number;
      sum.ties += counts.ties[p] as number;
      sums.set(key, sum);
    });
  }
  return [...sums.values()];
}
