import { studentQuantile } from '../numeric/student-quantile.ts';
import type { VoteColumns } from '../votes/vote-columns.ts';
import { type Share, winShare } from '../votes/win-share.ts';
import { clusterVotes } from './clusters.ts';

/**
 * A share of votes that share raters and prompts: with e the votes less their mean p, its variance is
 * (c_r sum S_r^2 + c_p sum S_p^2 - c_rp sum S_rp^2) / n^2, where S are sums of e over a rater, a prompt
 * and both, and c = G / (G - 1) (Cameron, Gelbach and Miller 2011); t has min(G) - 1 degrees of freedom.
 * Where that is not above zero the larger of its two first parts stands in; where that is nothing
 * either, or where there is one rater or one prompt, Wilson's interval of independent votes.
 *
 * @param countOf what a vote of a question counts, in [0, 1]; null leaves it out.
 * @param level of the interval, in (0, 1).
 * @returns within [0, 1]; a share of null without votes.
 */
export function clusteredShare(
  questions: readonly VoteColumns[],
  countOf: (question: number, vote: number) => number | null,
  level = 0.95,
): Share {
  const values = questions.map((votes, q) =>
    Float64Array.from(votes.left, (_, v) => countOf(q, v) ?? Number.NaN),
  );
  let n = 0;
  let total = 0;
  for (const own of values)
    for (const value of own) {
      if (Number.isNaN(value)) continue;
      n++;
      total += value;
    }
  const alone = winShare(total, n - total, 0, level);
  const { share } = alone;
  if (share === null) return alone;
  const meatOf = (kind: 'rater' | 'prompt' | 'both') => {
    const { ids, count } = clusterVotes(questions, kind);
    const sums = new Float64Array(count);
    const isUsed = new Uint8Array(count);
    ids.forEach((numbers, q) => {
      const own = values[q] as Float64Array;
      for (let v = 0; v < own.length; v++) {
        const value = own[v] as number;
        if (Number.isNaN(value)) continue;
        const cluster = numbers[v] as number;
        sums[cluster] = (sums[cluster] as number) + value - share;
        isUsed[cluster] = 1;
      }
    });
    const groups = isUsed.reduce((sum, used) => sum + used, 0);
    const square = sums.reduce((sum, own) => sum + own * own, 0);
    return { groups, meat: groups > 1 ? (square * groups) / (groups - 1) : square };
  };
  const [raters, prompts] = [meatOf('rater'), meatOf('prompt')];
  const fewest = Math.min(raters.groups, prompts.groups);
  if (fewest < 2) return alone;
  const twoWay = raters.meat + prompts.meat - meatOf('both').meat;
  const meat = twoWay > 0 ? twoWay : Math.max(raters.meat, prompts.meat);
  if (!(meat > 1e-9)) return alone;
  const reach = (studentQuantile((1 + level) / 2, fewest - 1) * Math.sqrt(meat)) / n;
  return { share, low: Math.max(0, share - reach), high: Math.min(1, share + reach) };
}
