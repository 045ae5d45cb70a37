import type { RankWarning, StrengthMethod, Strengths } from '#lib/statistics/ranking/ranking.ts';
import { estimateStrengths } from '#lib/statistics/uncertainty/estimate.ts';
import { components } from '#lib/statistics/votes/components.ts';
import { countPairs, pairCountsOf } from '#lib/statistics/votes/pair-counts.ts';
import type { VoteColumns } from '#lib/statistics/votes/vote-columns.ts';

/** Strengths of some of the votes, without the rest of a ranking. */
export interface SubsetStrengths extends Strengths {
  readonly warnings: readonly RankWarning[];
  readonly isIdentified: boolean;
}

/**
 * Fits some votes by themselves, with the intervals that a ranking of them would have. The mean of
 * the questions that have any; arms without a vote have no strength.
 *
 * @param questions over the same arms in the same order.
 */
export function subsetStrengths(
  questions: readonly VoteColumns[],
  method: StrengthMethod,
): SubsetStrengths {
  const voted = questions.filter(({ left }) => left.length > 0);
  const arms = voted[0]?.arms ?? questions[0]?.arms ?? [];
  const met = new Set(voted.flatMap(({ left, right }) => [...left, ...right]));
  if (met.size < 2)
    return {
      arms: arms.map((name) => ({ name, theta: null })),
      ...{ vcov: null, degreesOfFreedom: null, warnings: [], isIdentified: false },
    };
  // Arms without a vote would need a ridge, which draws all others in.
  const places = [...met].sort((a, b) => a - b);
  const code = new Int32Array(arms.length).fill(-1);
  places.forEach((arm, place) => {
    code[arm] = place;
  });
  const layers = voted.map((votes) => {
    const own = {
      ...votes,
      arms: places.map((arm) => arms[arm] as string),
      left: votes.left.map((arm) => code[arm] as number),
      right: votes.right.map((arm) => code[arm] as number),
    };
    return { votes: own, counts: countPairs(own) };
  });
  const k = places.length;
  const estimate = estimateStrengths(layers, {
    method,
    ties: 'half',
    intervals: undefined,
    ridge: undefined,
    // Many subsets have few prompts, and what is shown of them is a rough look.
    replicates: 400,
  });
  const { weak } = components(merged(layers, k), true);
  return {
    arms: places.map((arm, i) => ({
      name: arms[arm] as string,
      theta: estimate.theta[i] as number,
      component: weak[i] as number,
    })),
    vcov: places.map((_, i) => [...estimate.vcov.subarray(i * k, (i + 1) * k)]),
    degreesOfFreedom: Number.isFinite(estimate.df) ? estimate.df : null,
    warnings: estimate.warnings,
    isIdentified: estimate.isIdentified,
  };
}

/** Who met whom in any of the questions. */
function merged(
  layers: readonly { readonly counts: ReturnType<typeof countPairs> }[],
  size: number,
) {
  const met = new Float64Array(size * size);
  for (const { counts } of layers)
    counts.first.forEach((first, p) => {
      met[first * size + (counts.second[p] as number)] = 1;
    });
  return pairCountsOf(size, new Float64Array(size * size), met);
}
