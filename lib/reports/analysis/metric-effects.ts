import { clusteredShare } from '#lib/statistics/uncertainty/clustered-share.ts';
import { LEFT_WON, TIED, type VoteColumns } from '#lib/statistics/votes/vote-columns.ts';
import { winShare } from '#lib/statistics/votes/win-share.ts';
import type { ArmScore, PartRanking } from './facts.ts';
import { kendall, spearman } from './rank-correlation.ts';
import type { MetricEffect } from './schema.ts';

const BINS = 5;
const LEAST_IN_A_BIN = 20;
const MOST_MISLEADING = 20;
/** Votes for the lower score, of all decided ones on a comparison, that count as the opposite. */
const OPPOSITE = 0.5;

/**
 * Holds scores of videos against votes: how often people prefer the higher score, whether larger
 * gaps are told more surely, whether arms of higher mean score rate higher, and where it misleads.
 *
 * @param questions over the same arms in the same order; prompts are named by their ids.
 */
export function metricEffects(
  questions: readonly VoteColumns[],
  scores: readonly ArmScore[],
  ranking: Pick<PartRanking, 'arms'>,
): MetricEffect[] {
  return [...Map.groupBy(scores, ({ metric }) => metric)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([metric, own]) => metricEffect(metric, questions, own, ranking));
}

function metricEffect(
  metric: string,
  questions: readonly VoteColumns[],
  scores: readonly ArmScore[],
  ranking: Pick<PartRanking, 'arms'>,
): MetricEffect {
  const gaps = questions.map((votes) => gapsOf(votes, scores));
  const votedHigher = (q: number, v: number): number | null => {
    const gap = gaps[q]?.[v] ?? Number.NaN;
    const how = questions[q]?.outcome[v];
    if (Number.isNaN(gap) || gap === 0 || how === TIED) return null;
    return (how === LEFT_WON) === gap > 0 ? 1 : 0;
  };
  const found = { votes: 0, ties: 0 };
  /** Of decided votes: how far apart the scores are. */
  const sizes = new Float64Array(questions.reduce((sum, { left }) => sum + left.length, 0));
  let decided = 0;
  questions.forEach((votes, q) => {
    for (let v = 0; v < votes.left.length; v++) {
      const gap = gaps[q]?.[v] ?? Number.NaN;
      if (Number.isNaN(gap)) continue;
      found.votes++;
      if (votes.outcome[v] === TIED) found.ties++;
      else if (gap !== 0) sizes[decided++] = Math.abs(gap);
    }
  });
  const elo = new Map(ranking.arms.map((arm) => [arm.name, arm.elo]));
  const arms = [...Map.groupBy(scores, ({ arm }) => arm)].flatMap(([arm, own]) => {
    const rating = elo.get(arm);
    const score = own.reduce((sum, { value }) => sum + value, 0) / own.length;
    return rating === undefined ? [] : [{ arm, score, elo: rating }];
  });
  const [x, y] = [arms.map(({ score }) => score), arms.map((arm) => arm.elo)];
  return {
    metric,
    ...found,
    decided,
    agreement: { ...clusteredShare(questions, votedHigher) },
    spearman: spearman(x, y),
    kendall: kendall(x, y),
    arms,
    calibration: calibrationOf(questions, gaps, sizes.slice(0, decided).sort(), votedHigher),
    misleads: misleadsOf(questions, gaps),
  };
}

/** Score of the left video less that of the right one, for each vote; NaN where one is unknown. */
function gapsOf(votes: VoteColumns, scores: readonly ArmScore[]): Float64Array {
  const { arms, prompts } = votes;
  const armCode = new Map(arms.map((name, i) => [name, i]));
  const promptCode = new Map(prompts.map((name, i) => [name, i]));
  const table = new Float64Array(arms.length * prompts.length).fill(Number.NaN);
  for (const { arm, prompt, value } of scores) {
    const i = armCode.get(arm);
    const p = promptCode.get(String(prompt));
    if (i !== undefined && p !== undefined) table[p * arms.length + i] = value;
  }
  return Float64Array.from(votes.left, (left, v) => {
    const p = votes.prompt?.[v] ?? -1;
    if (p < 0) return Number.NaN;
    const right = votes.right[v] as number;
    return (table[p * arms.length + left] as number) - (table[p * arms.length + right] as number);
  });
}

/** Bins of about equally many votes, at most five, none of fewer than twenty. */
function calibrationOf(
  questions: readonly VoteColumns[],
  gaps: readonly Float64Array[],
  sorted: Float64Array,
  votedHigher: (question: number, vote: number) => number | null,
): MetricEffect['calibration'] {
  const wanted = Math.min(BINS, Math.floor(sorted.length / LEAST_IN_A_BIN));
  // The largest gap of each bin; gaps of one size stay together.
  const ends = [
    ...new Set(
      Array.from({ length: wanted }, (_, b) =>
        Number(sorted[Math.round(((b + 1) * sorted.length) / wanted) - 1]),
      ),
    ),
  ];
  const bins = ends.map(() => ({ wins: 0, votes: 0, sum: 0, from: Infinity, to: 0 }));
  questions.forEach((votes, q) => {
    for (let v = 0; v < votes.left.length; v++) {
      const won = votedHigher(q, v);
      if (won === null) continue;
      const gap = Math.abs(gaps[q]?.[v] ?? 0);
      const bin = bins[ends.findIndex((end) => gap <= end)];
      if (!bin) continue;
      bin.votes++;
      bin.wins += won;
      bin.sum += gap;
      if (gap < bin.from) bin.from = gap;
      if (gap > bin.to) bin.to = gap;
    }
  });
  return bins.map(({ wins, votes, sum, from, to }) => ({
    ...winShare(wins, votes - wins),
    ...{ from, to, mean: sum / votes, votes },
  }));
}

/** Comparisons on which more people prefer the lower score, the largest gap first. */
function misleadsOf(
  questions: readonly VoteColumns[],
  gaps: readonly Float64Array[],
): MetricEffect['misleads'] {
  const found = questions.map((votes, q) => {
    const own = new Map<number, MetricEffect['misleads'][number]>();
    const k = votes.arms.length;
    for (let v = 0; v < votes.left.length; v++) {
      const gap = gaps[q]?.[v] ?? Number.NaN;
      if (Number.isNaN(gap) || gap === 0) continue;
      const [left, right] = [votes.left[v] as number, votes.right[v] as number];
      const isLeft = gap > 0;
      const [higher, lower] = isLeft ? [left, right] : [right, left];
      const prompt = votes.prompt?.[v] as number;
      const key = (prompt * k + higher) * k + lower;
      const comparison = own.get(key) ?? {
        prompt: Number(votes.prompts[prompt]),
        higher: votes.arms[higher] as string,
        lower: votes.arms[lower] as string,
        gap: Math.abs(gap),
        ...{ votesForHigher: 0, votesForLower: 0, ties: 0 },
      };
      const how = votes.outcome[v];
      if (how === TIED) comparison.ties++;
      else if ((how === LEFT_WON) === isLeft) comparison.votesForHigher++;
      else comparison.votesForLower++;
      own.set(key, comparison);
    }
    return own;
  });
  return [...sumComparisons(found)]
    .filter(
      ({ votesForHigher, votesForLower }) =>
        votesForLower > 0 && votesForLower / (votesForHigher + votesForLower) > OPPOSITE,
    )
    .sort((a, b) => b.gap - a.gap)
    .slice(0, MOST_MISLEADING);
}

/** The same comparison under several questions is one. */
function sumComparisons(
  found: readonly ReadonlyMap<number, MetricEffect['misleads'][number]>[],
): Iterable<MetricEffect['misleads'][number]> {
  if (found.length === 1) return found[0]?.values() ?? [];
  const sums = new Map<string, MetricEffect['misleads'][number]>();
  for (const own of found)
    for (const one of own.values()) {
      const key = JSON.stringify([one.prompt, one.higher, one.lower]);
      const sum = sums.get(key);
      if (!sum) {
        sums.set(key, { ...one });
        continue;
      }
      sum.votesForHigher += one.votesForHigher;
      sum.votesForLower += one.votesForLower;
      sum.ties += one.ties;
    }
  return sums.values();
}
