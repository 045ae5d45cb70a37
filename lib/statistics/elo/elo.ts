import { ELO_PER_THETA } from '../ranking/elo-scale.ts';
import { LEFT_WON, RIGHT_WON, type VoteColumns } from '../votes/vote-columns.ts';

/** `k`: points at stake in one vote; `init`: where every arm starts. */
export interface EloSettings {
  readonly k: number;
  readonly init: number;
}

/**
 * Online Elo: one pass in the order of arrival. E = 1 / (1 + 10^((R2 - R1) / 400)),
 * R' = R + K (S - E), a tie scores one half (Elo 1978). What one arm gains the other loses, so the
 * sum of the ratings stays.
 *
 * @returns one rating an arm, in the order of `votes.arms`.
 */
export function eloPass(votes: VoteColumns, settings: EloSettings): Float64Array {
  const ratings = new Float64Array(votes.arms.length).fill(settings.init);
  const { left, right, outcome } = votes;
  for (let v = 0; v < left.length; v++) {
    const l = left[v] as number;
    const r = right[v] as number;
    const how = outcome[v];
    const score = how === LEFT_WON ? 1 : how === RIGHT_WON ? 0 : 0.5;
    const ahead = (ratings[l] as number) - (ratings[r] as number);
    const gain = settings.k * (score - 1 / (1 + Math.exp(-ahead / ELO_PER_THETA)));
    ratings[l] = (ratings[l] as number) + gain;
    ratings[r] = (ratings[r] as number) - gain;
  }
  return ratings;
}
