import { rankVotes } from '#lib/statistics/ranking/rank.ts';
import { type Measured, measure } from './interval-coverage.ts';
import { simulateStudy, type Truth } from './paper-design.ts';

/** How often the rank ranges of all arms hold at once; arms of equal strength share their places. */
export function rankRangeCoverage(truth: Truth, studies: number, seed: string): Measured {
  const { theta } = truth;
  const better = (i: number) => theta.filter((other) => other > (theta[i] as number)).length;
  const notWorse = (i: number) => theta.filter((other) => other >= (theta[i] as number)).length;
  const held: number[] = [];
  for (let s = 0; s < studies; s++) {
    const { votes } = simulateStudy(truth, `${seed} ${s}`);
    const ranking = rankVotes(votes, { method: 'davidson', intervals: 'two-way', seed: s });
    const isHeld = ranking.arms.every(({ name, rankLow, rankHigh }) => {
      const i = votes.arms.indexOf(name);
      return (rankLow ?? 1) <= better(i) + 1 && (rankHigh ?? theta.length) >= notWorse(i);
    });
    held.push(isHeld ? 1 : 0);
  }
  return measure(held);
}
