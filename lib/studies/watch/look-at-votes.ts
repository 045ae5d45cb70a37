import {
  pairGains,
  pairProbabilities,
  strengthPosterior,
} from '#lib/statistics/pairing/information-gain.ts';
import { rankQuestions } from '#lib/statistics/ranking/rank.ts';
import type { RankedArm, Ranking } from '#lib/statistics/ranking/ranking.ts';
import { anytimeShare } from '#lib/statistics/stopping/beta-binomial.ts';
import { stopAdvice } from '#lib/statistics/stopping/stop-advice.ts';
import { countNamed } from '#lib/statistics/uncertainty/clusters.ts';
import { countPairs } from '#lib/statistics/votes/pair-counts.ts';
import type { VoteColumns } from '#lib/statistics/votes/vote-columns.ts';
import type { WatchAdvice, WatchedArm, WatchedQuestion, WatchResult } from './schema.ts';

/** Arms with fewer votes are provisional; as in rankings. */
const MINIMUM_VOTES = 10;
const LEVEL = 0.95;
/** The share of pairs drawn evenly, whatever the votes say: no pair's chance falls to nothing. */
const EXPLORATION = 0.2;

export interface LookInput {
  /** One set of votes a question. */
  readonly questions: readonly VoteColumns[];
  /** Votes that may still come, by question. */
  readonly openPlaces: readonly number[];
  readonly seed: number;
  readonly marginElo: number;
  /** Null for the mean. */
  readonly deciding: number | null;
  /** The arms that a decision is about: neither controls nor replicas. */
  readonly candidates: readonly string[];
  readonly choosesPairs: boolean;
}

/** The chance of the next pair being this one, of two arms by their places in the study. */
export interface ChosenPair {
  readonly first: number;
  readonly second: number;
  readonly chance: number;
}

export interface Look {
  readonly result: WatchResult;
  /** Every pair of arms; empty where pairs are drawn in balance. */
  readonly chances: readonly ChosenPair[];
}

/**
 * Ranks the votes so far, says whether they are enough, and which pairs would teach most. Pure. The
 * advice holds however often one looks; see `stopAdvice`.
 */
export function lookAtVotes(input: LookInput): Look {
  const { questions, openPlaces } = input;
  const looked: WatchedQuestion[] = questions.map((votes, question) =>
    lookAtQuestion(input, question, [votes], openPlaces[question] ?? 0),
  );
  if (questions.length > 1) {
    const open = openPlaces.reduce((sum, places) => sum + places, 0);
    looked.push(lookAtQuestion(input, null, questions, open));
  }
  return {
    result: {
      votes: questions.reduce((sum, { left }) => sum + left.length, 0),
      minimumVotes: MINIMUM_VOTES,
      marginElo: input.marginElo,
      questions: looked,
      deciding: questions.length > 1 ? input.deciding : 0,
    },
    chances: input.choosesPairs ? choosePairs(questions) : [],
  };
}

function lookAtQuestion(
  input: LookInput,
  question: number | null,
  columns: readonly VoteColumns[],
  openPlaces: number,
): WatchedQuestion {
  const ranking = rankQuestions(columns, {
    seed: input.seed,
    level: LEVEL,
    minimumVotes: MINIMUM_VOTES,
  });
  const plannedVotes = ranking.votes + openPlaces;
  const { verdict, reason, leader, moreVotes, rivals } = stopAdvice({
    strengths: ranking,
    votes: ranking.votes,
    plannedVotes,
    raters: countNamed(columns, 'rater'),
    prompts: countNamed(columns, 'prompt'),
    among: input.candidates,
    marginElo: input.marginElo,
    level: LEVEL,
  });
  const advice: WatchAdvice = {
    ...{ verdict, reason, leader, moreVotes },
    rivals: rivals.filter(({ state }) => state === 'open').map(({ name }) => name),
  };
  return {
    question,
    votes: ranking.votes,
    plannedVotes,
    provisional: whyProvisional(ranking),
    arms: ranking.arms.map((arm) => watchedArm(arm, ranking.arms.length === 2, plannedVotes)),
    advice,
  };
}

function whyProvisional({
  arms,
  components,
  strongComponents,
}: Ranking): WatchedQuestion['provisional'] {
  const hasFew = arms.some(({ wins, losses, ties }) => wins + losses + ties < MINIMUM_VOTES);
  const isConnected = components.length <= 1;
  return [
    ...(hasFew ? (['few-votes'] as const) : []),
    ...(isConnected ? [] : (['disconnected'] as const)),
    ...(isConnected && strongComponents > 1 ? (['never-lost'] as const) : []),
  ];
}

function watchedArm(arm: RankedArm, isOfTwo: boolean, plannedVotes: number): WatchedArm {
  const { name, elo, eloLow, eloHigh, tier, wins, losses, ties, provisional } = arm;
  const votes = wins + losses + ties;
  const won = wins + ties / 2;
  const interval =
    isOfTwo && votes > 0
      ? anytimeShare(won, votes, { level: LEVEL, votesBest: plannedVotes / 2 })
      : { low: null, high: null };
  return {
    ...{ name, elo, eloLow, eloHigh, tier, votes },
    isProvisional: provisional,
    winShare: votes > 0 ? won / votes : null,
    winShareLow: interval.low,
    winShareHigh: interval.high,
  };
}

/**
 * The chances of all pairs by their expected information gain, summed over the questions. Votes count
 * alike, without weights: what was learnt does not depend on how a pair was chosen.
 */
function choosePairs(questions: readonly VoteColumns[]): ChosenPair[] {
  const gains = pairGains(questions.map((votes) => strengthPosterior(countPairs(votes))));
  const chances = pairProbabilities(gains, { explorationFloor: EXPLORATION });
  return [...chances].map((chance, p) => ({
    first: gains.first[p] as number,
    second: gains.second[p] as number,
    chance,
  }));
}
